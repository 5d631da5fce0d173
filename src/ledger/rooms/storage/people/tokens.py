"""API tokens and one-time links, kept by their digests."""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from ledger.rooms.storage.people.tables import links, tokens
from ledger.words.persons import Grant, Role


class Token(msgspec.Struct, frozen=True):
    """A key by which a program acts for a user, in one role at one organ."""

    id: str
    user: str
    grant: Grant
    purpose: str
    made_by: str
    made_at: int
    expires_at: int
    revoked_at: int | None = None

    def holds(self, at: int) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and at < self.expires_at


def add(connection: Connection, digest: bytes, token: Token) -> None:
    """Keeps a token by its digest."""
    row = {
        "id": token.id,
        "digest": digest,
        "user_name": token.user,
        "purpose": token.purpose,
        "role": token.grant.role.value,
        "organ": token.grant.organ or "",
        "made_by": token.made_by,
        "made_at": token.made_at,
        "expires_at": token.expires_at,
    }
    connection.execute(insert(tokens), row)


def find(connection: Connection, digest: bytes) -> Token | None:
    """The token of a digest, whether it still holds or not."""
    return _one(connection, tokens.c.digest == digest)


def named(connection: Connection, id_: str) -> Token | None:
    """The token of an id."""
    return _one(connection, tokens.c.id == id_)


def every(connection: Connection, user: str | None = None) -> list[Token]:
    """All tokens, or a user's, the newest first."""
    query = select(tokens).order_by(tokens.c.made_at.desc(), tokens.c.id)
    if user is not None:
        query = query.where(tokens.c.user_name == user)
    return [_token(row) for row in connection.execute(query).mappings()]


def revoke(connection: Connection, id_: str, at: int) -> None:
    """Ends a token for good; when it was ended first stays."""
    connection.execute(
        update(tokens)
        .where(tokens.c.id == id_, tokens.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def put_link(connection: Connection, digest: bytes, user: str, expires_at: int) -> None:
    """Makes a one-time link, in place of any that the user has."""
    drop_links(connection, user)
    row = {"digest": digest, "user_name": user, "expires_at": expires_at}
    connection.execute(insert(links), row)


def linked(connection: Connection, digest: bytes, at: int) -> str | None:
    """The user of a link that holds."""
    query = select(links.c.user_name).where(links.c.digest == digest, links.c.expires_at > at)
    return connection.execute(query).scalar()


def drop_links(connection: Connection, user: str) -> None:
    """Deletes the link of a user."""
    connection.execute(delete(links).where(links.c.user_name == user))


def _one(connection: Connection, where: ColumnElement[bool]) -> Token | None:
    row = connection.execute(select(tokens).where(where)).mappings().first()
    return None if row is None else _token(row)


def _token(row: RowMapping) -> Token:
    return Token(
        id=row["id"],
        user=row["user_name"],
        grant=Grant(Role(row["role"]), row["organ"] or None),
        purpose=row["purpose"],
        made_by=row["made_by"],
        made_at=row["made_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )
