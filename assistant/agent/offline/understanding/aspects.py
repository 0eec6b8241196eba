"""Signals → aspect: the decision table that says what a question asks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

TEXT = "text"
# The end of the names of aspects that set one study's figure against another's.
CONTRAST = "_contrast"


@dataclass(frozen=True, slots=True)
class Rule:
    """``aspect`` is asked for when all of ``all``, one of each of ``any`` and none of ``none`` are signalled."""

    aspect: str
    all: frozenset[str]
    any: tuple[frozenset[str], ...]
    none: frozenset[str]

    def applies(self, signals: Collection[str]) -> bool:
        """Whether the rule fits the signals of a question."""
        on = set(signals)
        return self.all <= on and all(group & on for group in self.any) and not self.none & on


def _rule(aspect: str, all_of: str = "", *any_of: str, none: str = "") -> Rule:
    return Rule(aspect, frozenset(all_of.split()), tuple(frozenset(group.split()) for group in any_of), frozenset(none.split()))


# What two arms may be compared in beside survival, and what else may be asked of them.
_OTHER_QUANTITIES = "dose total interval schedule dose_count sample_size significance statistic why burden how_much per_activity"

# The first rule that applies decides, so the narrow ones stand before the wide ones. Signals come from prompts/questions.toml;
# `named_*` ones say that the question names a study, an arm, two arms, a nuclide, an amount or a unit to express something in.
RULES: tuple[Rule, ...] = (
    _rule("scaled", "named_body", "dose total how_much quantified convert given", none="survival"),
    _rule("scaled", "body_weight", "dose total given", "how_much quantified convert named_unit", none="survival"),
    _rule(TEXT, "person_pronoun", none="survival"),
    _rule("studies_counted", "studies_counted"),
    _rule("runway", "at_burn", "quantified how_long"),
    _rule("decay", "named_activity named_nuclide named_time", none="named_time_unit"),
    _rule("decay", "asks_earlier named_activity", "named_nuclide half_life", none="how_long interval yesno survival in_body"),
    _rule(
        "decay",
        "left_over stated_survival dose",
        "how_much quantified half_life",
        "named_arm second_dose first_dose",
        none="both yesno uptake tumor clinical sample_size in_body gain how_long",
    ),
    _rule("decay", "remaining named_share", "how_long schedule", "named_nuclide named_study nuclide compound dose", none="survival gain"),
    _rule("next_dose", "next_dose"),
    _rule("interval_contrast", "interval which_study", "compare gain shortfall size extreme"),
    _rule(
        "sameness", "alike yesno", "both two_studies named_two_studies named_two_arms", none="survival cross gain_noun clinical hypothesis"
    ),
    _rule("species", "of_species yesno"),
    _rule("interval", "interval pause dose yesno named_study", none="survival gain_noun half_life named_two_arms sides_across total"),
    _rule("interval_contrast", "sized yesno sides_across", "interval dose_timed", none="survival gain_noun half_life named_two_arms"),
    _rule("total_contrast", "total sized yesno sides_across", none="survival gain_noun interval second_dose"),
    _rule("dose_contrast", "dose sized yesno sides_across", none="survival gain_noun interval second_dose total burden"),
    _rule(
        "gaps",
        "gaps",
        "studies named_study outcome two_studies whole_text",
        none="clinical yesno why other_endpoint sample_size significance statistic control nuclide",
    ),
    _rule("statistic", "which_study", "median mean", none="extreme gain how_long how_much named_time named_time_unit"),
    _rule("dose_contrast", "dose which_study", "compare gain shortfall size greater_amount", none="survival second_dose total"),
    _rule("chart", "chart", "survival outcome gain compare named_study named_arm both studies study_list arms_list"),
    _rule("arithmetic", "operators", none="significance"),
    _rule(TEXT, "supposed yesno"),
    _rule(TEXT, "opinion", none="how_long quantified percent ratio named_time named_unit schedule interval total extreme how_much control"),
    _rule("title", "title", none="survival yesno person_pronoun why"),
    _rule(TEXT, "definition"),
    _rule("half_lives", "named_half_lives yesno", none="named_activity named_share in_body"),
    _rule("half_lives_time", "named_half_lives", "how_long named_time_unit schedule", none="named_activity in_body yesno"),
    _rule("halved", "named_half_lives named_activity", none="in_body how_long named_time_unit named_time"),
    _rule("halvings", "half_lives_elapsed named_share", "remaining gone", none="in_body"),
    _rule("half_lives", "half_lives_elapsed"),
    _rule("halved", "named_half_lives", "remaining share percent", none="in_body"),
    _rule(TEXT, "half_life in_body"),
    _rule("half_life", "half_life", none="remaining other_endpoint present_after on_board"),
    _rule("half_life", "decay_rate", "named_nuclide nuclide half_life"),
    _rule("half_life", "decay_rate which_study", none="survival"),
    _rule("decay", "present_after", "dose second_dose", none="survival gain"),
    _rule(
        "decay", "on_board named_time dose", "how_much quantified named_unit", none="survival gain other_endpoint uptake tumor sample_size"
    ),
    _rule("decay", "on_board before_next", "how_much quantified dose named_unit", none="survival gain other_endpoint"),
    _rule("decay", "remaining", "named_nuclide", none="uptake"),
    _rule("decay", "gone named_nuclide named_activity how_long", none="survival gain"),
    _rule("decay", "gone named_nuclide named_time", none="survival gain how_long uptake other_endpoint tumor"),
    _rule("decay", "remaining tumor half_life dose", none="survival in_body"),
    _rule(TEXT, "remaining uptake", none="survival gain half_life"),
    _rule(TEXT, "remaining sample_size named_time"),
    _rule("decay", "gone first_dose", "percent share how_much", none="survival gain other_endpoint"),
    _rule("decay", "remaining", "dose named_activity nuclide named_time first_dose", none="survival uptake tumor sample_size"),
    _rule("decay", "remaining at_death", "dose named_activity nuclide", none="uptake clinical"),
    _rule("conversion", "convert_amount", none="survival gain total per_activity"),
    _rule("benefit", "sides survival shortfall compare", none="total interval significance why statistic"),
    _rule(TEXT, "other_endpoint", none="after_dose"),
    _rule(
        "survival_contrast",
        "sides_across",
        "gain gain_noun ratio percent compare quantified",
        "survival median mean how_long",
        none="total interval gain_noun second_dose after_dose why significance",
    ),
    _rule(
        "benefit",
        "sides",
        "gain gain_noun ratio percent",
        "survival mean median named_time named_time_unit how_long",
        none="total interval significance why",
    ),
    _rule("benefit", "sides survival", "compare shortfall", none="total interval significance why statistic"),
    _rule("benefit", "sides", "gain gain_noun ratio percent", none=_OTHER_QUANTITIES),
    _rule("benefit", "sides", "how_long named_time_unit", none=_OTHER_QUANTITIES.removeprefix("dose ")),
    _rule(TEXT, "why stressed"),
    _rule(TEXT, "why", "statistic"),
    _rule(TEXT, "why mean median"),
    _rule(TEXT, "why", "interval schedule regimen dose_count", none="survival gain gain_noun"),
    _rule(TEXT, "statistical_test"),
    _rule("statistic", "statistic"),
    _rule(TEXT, "significance"),
    _rule("statistic", "yesno", "median mean", "named_time", none="gain bound_above bound_below"),
    _rule("burden", "confounded"),
    _rule("benefit", "rankable", "named_two_studies two_studies"),
    _rule("control_given", "control_given", none="survival gain gain_noun compare ratio percent dose_count"),
    _rule("control", "control", "existence study_list", none="survival gain burden"),
    _rule("control", "control yesno named_study", none=f"survival gain gain_noun compare ratio percent {_OTHER_QUANTITIES}"),
    _rule("unreached", "unreached", "list arms_list named_arms_word extreme"),
    _rule("survival_contrast", "quantified survival", "named_two_studies two_studies", "compare ratio percent", none="second_dose"),
    _rule(
        "bounded", "which_arms named_time", "bound_above bound_below stated_survival", none="control named_arm interval percent ratio total"
    ),
    _rule("extreme", "extreme survival"),
    _rule("study_list", "many_compared"),
    _rule("study_list", "list survival", none="gain named_time_unit control"),
    _rule("study_list", "list named_arms_word", none="gain named_time_unit"),
    _rule("disease", "disease_asked", "survival named_study given", none="clinical burden"),
    _rule(TEXT, "clinical", none="survival total"),
    _rule("overview", "about_study named_study", none="burden dose"),
    _rule(TEXT, "count_of_models"),
    _rule("sample_size", "sample_size"),
    _rule("carriers", "which_things emitter", none="survival gain half_life"),
    _rule("study_list", "study_list", none="gain ratio percent"),
    _rule("arms_list", "arms_list"),
    _rule("survival_per_activity", "per_activity survival_rate", none="gain_noun second_dose control added"),
    _rule("survival_per_activity", "per_activity survival_rate", none="gain_noun gain control added"),
    _rule("survival_per_activity", "per_activity survival", none="gain gain_noun second_dose first_dose control"),
    _rule("benefit_per_activity", "per_activity", "gain gain_noun survival second_dose named_arm compare"),
    _rule("total_contrast", "total quantified", "named_two_studies two_studies", "compare gain ratio percent shortfall", none="survival"),
    _rule("interval_contrast", "interval ratio", none="named_study survival gain half_life"),
    _rule("interval_contrast", "interval quantified", "named_two_studies two_studies", "compare gain ratio percent shortfall"),
    _rule(
        "dose_contrast",
        "dose quantified",
        "named_two_studies two_studies",
        "compare gain ratio percent shortfall change",
        none="survival gain_noun second_dose",
    ),
    _rule("gain_contrast", "quantified named_two_studies compare", "gain gain_noun", "second_dose after_dose gain_noun"),
    _rule("claim", "claim", "ratio percent", "gain survival"),
    _rule("burden", "burden"),
    _rule("burden", "tumor size", none="survival"),
    _rule("dose_count", "dose_count total", none="survival"),
    _rule("total", "total", "dose given", none="survival why"),
    _rule("after_dose", "after_dose", "survival lasted", none="gain ratio percent"),
    _rule("interval", "interval", none="survival gain half_life"),
    _rule("dose", "regimen", none="survival gain"),
    _rule("survival", "time_to_death", none="gain compare percent"),
    _rule("schedule", "timing", "dose given second_dose", none="survival gain gain_noun why remaining after_dose statistic"),
    _rule("benefit", "second_dose", "gain survival ratio percent compare"),
    _rule("benefit", "gain", "survival named_arm control second_dose named_study both given"),
    _rule("benefit", "gain_noun"),
    _rule("benefit", "compare", "named_two_arms second_dose"),
    _rule("studies_compared", "compare", "named_two_studies two_studies both"),
    _rule("benefit", "ratio", "survival named_two_arms control mean second_dose"),
    _rule("benefit", "percent", "survival named_two_arms control mean second_dose"),
    _rule("survival", "lasted"),
    _rule("survival", "yesno named_time named_arm", none="schedule interval"),
    _rule("survival", "how_long", "named_arm", none="schedule dose_count regimen"),
    _rule("survival", "outcome", "named_arm named_study", none="why"),
    _rule("study_list", "outcome", "studies", none="why"),
    _rule("dose", "dose how_much", "given named_study named_arm", none="survival total"),
    _rule("schedule", "schedule", "dose given second_dose first_dose named_arm", none="survival"),
    _rule(TEXT, "why", none="survival"),
    _rule("survival", "survival"),
    _rule("dose_count", "dose_count"),
    _rule("nuclide", "nuclide", "named_study compound dose carry"),
    _rule("model", "model", none="count_of_models"),
    _rule("disease", "disease", "studies", "named_study compound", none="ratio"),
    _rule("species", "species", "studies named_study dose"),
    _rule("compound", "compound", "named_model named_disease", none="why"),
    _rule("dose", "dose", "named_study named_arm given", none="second_dose"),
    _rule("survival", "named_arm"),
)


def aspect_of(signals: Collection[str]) -> str:
    """What a question with these signals asks for; ``text`` where only the documents' own words can answer."""
    return next((rule.aspect for rule in RULES if rule.applies(signals)), TEXT)
