"""Health and metrics, for whoever watches the server."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Depends, Response
from fastapi.security import HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.interfaces.http.health import State
from assistant.interfaces.http.office import TheOffice

router = APIRouter(tags=["watching"])


@router.get("/health", summary="Are questions answered", responses={HTTPStatus.SERVICE_UNAVAILABLE: {"model": State}})
def health(office: TheOffice, response: Response) -> State:
    """503 while the library, or a server of a shared store, cannot be read, and while the server is stopping. Needs no key."""
    state = office.health.state()
    response.status_code = HTTPStatus.OK if state.ok else HTTPStatus.SERVICE_UNAVAILABLE
    return state


@router.get("/health/live", summary="Is the process alive", status_code=HTTPStatus.NO_CONTENT, response_class=Response)
async def live() -> None:
    """204 as long as requests are heard. Needs no key."""


@router.get("/metrics", summary="Counts for Prometheus", response_class=Response, dependencies=[Depends(HTTPBearer(auto_error=False))])
def metrics(office: TheOffice) -> Response:
    """Requests by route and status, questions by outcome, seconds, what waits."""
    return Response(office.metrics.page(), media_type=CONTENT_TYPE_LATEST)
