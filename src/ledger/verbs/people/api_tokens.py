"""Tokens by which programs act for a user, in one role at one organ, until a day."""

from __future__ import annotations

from ledger.rooms.storage.people import tokens, users
from ledger.rooms.storage.people.tokens import Token
from ledger.verbs.accounts import Accounts
from ledger.verbs.people.administering import administered
from ledger.verbs.people.secret_words import DAY, digest_of, new_secret
from ledger.words.persons import Grant, Permission, Person, covers, organs_with
from ledger.words.problems import Problem, Refusal

USUAL_DAYS, MOST_DAYS = 90, 366
"""How long a token holds unless it is said, and at most."""

PREFIX = "ldg_"
"""So that a token left in a file is found by those who search for secrets."""


def make(
    accounts: Accounts,
    user: str,
    grant: Grant,
    *,
    purpose: str = "",
    days: int = USUAL_DAYS,
    by: Person | None = None,
) -> tuple[str, Token]:
    """A new token and what is kept of it; the text is shown this once. Raises Refusal."""
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(Problem("token-days", params={"most": MOST_DAYS}))
    if by is not None and by.token is not None:
        raise Refusal(Problem("not-by-token"))
    secret, at = PREFIX + new_secret(), accounts.now()
    digest = digest_of(secret)
    made_by = by.name if by else ""
    token = Token(digest.hex()[:12], user, grant, purpose, made_by, at, at + days * DAY)
    with accounts.store.writing() as connection:
        owner = users.find(connection, user)
        if by is None or by.name != user:
            owner = administered(connection, user, by)
            if by is not None and owner.password is not None:
                raise Refusal(Problem("token-of-a-person", params={"name": user}))
        if owner is None or not covers(owner.grants, grant):
            params = {"name": user, "grant": str(grant)}
            raise Refusal(Problem("grant-not-held", params=params))
        tokens.add(connection, digest, token)
    return secret, token


def tokens_for(accounts: Accounts, by: Person | None = None) -> list[Token]:
    """The tokens of one's own, and those at the organs that one administers; the newest first."""
    with accounts.store.reading() as connection:
        found = tokens.every(connection)
    reach = None if by is None else organs_with(by, Permission.ADMINISTER)
    return [
        token
        for token in found
        if by is None or reach is None or token.user == by.name or token.grant.organ in reach
    ]


def revoke(accounts: Accounts, id_: str, by: Person | None = None) -> None:
    """Ends a token for good; raises Refusal where it is neither one's own nor of one's organs."""
    if id_ not in {token.id for token in tokens_for(accounts, by)}:
        raise Refusal(Problem("no-such-token", params={"id": id_}))
    with accounts.store.writing() as connection:
        tokens.revoke(connection, id_, accounts.now())
