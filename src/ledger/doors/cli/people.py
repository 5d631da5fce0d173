"""Commands of people: users, tokens, and what is kept of an applicant."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ledger.doors.cli.desk import (
    ByOption,
    Desk,
    Format,
    FormatOption,
    OrganOption,
    app,
    desk_of,
    whoami,
)
from ledger.doors.cli.serving import PeopleOption
from ledger.drawing.people import (
    applicant_sheet,
    token_document,
    tokens_sheet,
    user_document,
    users_sheet,
)
from ledger.rooms.storage import reading
from ledger.rooms.storage.database import people_url
from ledger.verbs.accounts import Accounts, open_people
from ledger.verbs.people import administering, api_tokens, links
from ledger.verbs.people.vault import Applicant, Vault, open_vault, read_applicant
from ledger.words.persons import Grant, Person, Role
from ledger.words.problems import Problem, Refusal


@app.command("users")
def users_(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="用户名 · name of the user")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="添加用户 · add the user")] = False,
    grant: Annotated[
        list[str] | None,
        typer.Option(
            "--grant", metavar="ROLE@ORGAN", help="授予角色 · give a role: clerk@my-office"
        ),
    ] = None,
    revoke: Annotated[
        list[str] | None,
        typer.Option("--revoke", metavar="ROLE@ORGAN", help="收回角色 · take a role away"),
    ] = None,
    disable: Annotated[bool, typer.Option("--disable", help="停用 · bar the user")] = False,
    enable: Annotated[bool, typer.Option("--enable", help="恢复 · let the user in again")] = False,
    link: Annotated[
        bool, typer.Option("--link", help="新的一次性链接 · a new one-time link to set a password")
    ] = False,
    display: Annotated[str | None, typer.Option("--display", help="姓名 · shown name")] = None,
    email: Annotated[
        str | None, typer.Option("--email", help="电子邮件 · e-mail, for OpenID Connect")
    ] = None,
    identity: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--identity", metavar="ISSUER SUBJECT", help="统一身份 · identity of OpenID Connect"
        ),
    ] = None,
    people: PeopleOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """用户与角色：查看、添加、授权、停用 · Users and their roles: list, add, grant, disable."""
    desk = desk_of(context, format_)
    given = [administering.read_grant(each) for each in grant or ()]
    taken = [administering.read_grant(each) for each in revoke or ()]
    with accounts_of(desk, people) as accounts:
        if name is None:
            _list(desk, accounts)
            return
        if add:
            administering.add(accounts, name, given, display=display or "", email=email)
        elif display is not None or email is not None:
            administering.describe(accounts, name, display, email)
        administering.grant(accounts, name, given)
        administering.revoke(accounts, name, taken)
        if identity is not None:
            administering.identify(accounts, name, *identity)
        if disable or enable:
            administering.disable(accounts, name, disabled=disable)
        _tell(desk, accounts, name, links.link(accounts, name) if link else None)


@app.command("tokens")
def tokens_(
    context: typer.Context,
    make: Annotated[
        str | None, typer.Option("--make", metavar="USER", help="为用户生成 · make one for a user")
    ] = None,
    grant: Annotated[
        str | None,
        typer.Option("--grant", metavar="ROLE@ORGAN", help="所用角色 · the role that it acts in"),
    ] = None,
    purpose: Annotated[str, typer.Option("--purpose", help="用途 · what it is for")] = "",
    days: Annotated[
        int, typer.Option("--days", help="有效天数 · days that it holds")
    ] = api_tokens.USUAL_DAYS,
    revoke: Annotated[
        str | None, typer.Option("--revoke", metavar="ID", help="吊销 · end a token for good")
    ] = None,
    people: PeopleOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """程序用的令牌：查看、生成、吊销 · API tokens: list, make, revoke."""
    desk = desk_of(context, format_)
    with accounts_of(desk, people) as accounts:
        if make is not None:
            if grant is None:
                raise Refusal(Problem("not-a-grant", params={"value": ""}))
            role = administering.read_grant(grant)
            secret, token = api_tokens.make(accounts, make, role, purpose=purpose, days=days)
            if desk.json:
                desk.give(token_document(token) | {"token": secret})
            else:
                desk.say("token-made", id=token.id)
                desk.console.out(secret, highlight=False)
            return
        if revoke is not None:
            api_tokens.revoke(accounts, revoke)
        found = api_tokens.tokens_for(accounts)
        if desk.json:
            desk.give({"tokens": [token_document(token) for token in found]})
        else:
            desk.show(tokens_sheet(found, accounts.now(), desk.language))


@app.command("applicant")
def applicant_(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="申请 · application:2020-0001")],
    act: Annotated[str, typer.Argument(metavar="set|show|erase", help="保存、查看、清除")] = "show",
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE…]", help="name phone email address; - 读标准输入的 JSON · JSON"
        ),
    ] = None,
    organ: OrganOption = None,
    by: ByOption = None,
    people: PeopleOption = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            "--vault-keys",
            envvar="LEDGER_VAULT_KEYS",
            help="密钥文件 · file of the applicants' keys, else beside the ledger",
        ),
    ] = None,
    format_: FormatOption = Format.text,
) -> None:
    """申请人的姓名和联系方式：加密保存、查看、清除 · An applicant's name and contacts: keep, show, erase."""
    desk = desk_of(context, format_)
    if act not in ("set", "show", "erase"):
        raise Refusal(Problem("applicant-act"))
    office = _office(desk, organ)
    operator = Person(by or whoami(), (Grant(Role.CLERK),))
    with accounts_of(desk, people) as accounts, vault_of(desk, accounts, keys) as vault:
        if act == "set":
            told = read_applicant(_told(fields or ()))
            desk.say("applicant-kept", subject=vault.keep(office, subject, told, operator))
        elif act == "erase":
            erased = vault.erase(desk.house.definitions, office, subject, operator)
            desk.say("applicant-erased", subject=erased.originator_id, position=erased.position)
        else:
            _show(desk, vault.show(office, subject, operator))


@contextmanager
def vault_of(desk: Desk, accounts: Accounts, keys: Path | None) -> Iterator[Vault]:
    """The vault of a ledger; its keys and the master key are made where there are none."""
    place, master = desk.beside(keys, ".vault.db"), desk.beside(None, ".vault-key")
    vault = open_vault(desk.journal, accounts, place, master, os.environ.get("LEDGER_VAULT_KEY"))
    try:
        yield vault
    finally:
        vault.close()


@contextmanager
def accounts_of(desk: Desk, people: str | None) -> Iterator[Accounts]:
    """The accounts of a ledger's people, for the time of a command."""
    accounts = open_people(people or people_url(desk.database))
    try:
        yield accounts
    finally:
        accounts.close()


def _list(desk: Desk, accounts: Accounts) -> None:
    found = administering.users_for(accounts)
    if desk.json:
        desk.give({"users": [user_document(user) for user in found]})
    else:
        desk.show(users_sheet(found, desk.language))


def _tell(desk: Desk, accounts: Accounts, name: str, secret: str | None) -> None:
    """What a user now holds, and the new link, which nobody can show again."""
    (user,) = (each for each in administering.users_for(accounts) if each.name == name)
    if desk.json:
        desk.give(user_document(user) | ({} if secret is None else {"link": links.path_of(secret)}))
        return
    desk.show(users_sheet([user], desk.language))
    if secret is not None:
        desk.say("one-time-link", path=links.path_of(secret))


def _office(desk: Desk, organ: str | None) -> str:
    """The organ that was named, else the only one of the ledger; raises Refusal."""
    if organ:
        return organ
    with desk.journal.reading() as connection:
        known = sorted(reading.organs(connection))
    if len(known) != 1:
        raise Refusal(Problem("which-organ", params={"organs": ", ".join(known)}))
    return known[0]


def _told(fields: Iterable[str]) -> dict[str, str]:
    """Fields as words of the command line, or as JSON from the standard input, which no shell keeps."""
    told: dict[str, str] = {}
    for field in fields:
        if field == "-":
            try:
                told |= msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])
            except msgspec.DecodeError as error:
                raise Refusal(Problem("not-json", params={"detail": str(error)})) from None
        else:
            name, _, value = field.partition("=")
            told[name] = value
    return told


def _show(desk: Desk, found: Applicant | None) -> None:
    if desk.json:
        desk.give({"applicant": None if found is None else msgspec.to_builtins(found)})
    elif found is None:
        desk.say("applicant-none")
    else:
        desk.show(applicant_sheet(found, desk.language))
