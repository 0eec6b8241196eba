"""How studies are read out of a text: mentions → designators and survivals → matched arms → studies."""
