"""Reading pages and sending forms of funding, as a browser would."""

from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone


def read(client: Client, name: str, *ids: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=ids) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Client, address: str, /, *ids: object, **words: object) -> str:
    """Send a form and return where it led, or the page with what is wrong."""
    answer = client.post(reverse(address, args=ids), words)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def asked(**more: object) -> dict[str, object]:
    later = timezone.localdate() + timedelta(days=60)
    return {
        "title": "A phone line",
        "purpose": "We ring people.",
        "benefit": "People alone at home.",
        "amount": "1,250.50",
        "request_key": str(uuid4()),
        **day("starts_on", later),
        **day("ends_on", later + timedelta(days=90)),
        **more,
    }
