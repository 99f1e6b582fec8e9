"""The smaller versions of photos, made once nobody waits for the database any more."""

from functools import partial

from django.db import transaction
from pictures.tasks import process_picture


def process_after_commit(**photo):
    transaction.on_commit(partial(process_picture, **photo))
