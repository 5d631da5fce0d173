"""Entering with the account that an office gives its people, by OpenID Connect."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ledger.rooms.storage.people import users
from ledger.verbs.accounts import Accounts
from ledger.words.problems import Problem, Refusal

ISSUER, CLIENT, SECRET = "LEDGER_OIDC_ISSUER", "LEDGER_OIDC_CLIENT_ID", "LEDGER_OIDC_CLIENT_SECRET"
BY_EMAIL = "LEDGER_OIDC_BY_EMAIL"

_SECONDS = 10
_LEEWAY = 60
"""Seconds that the provider's clock may differ."""

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by a key of the provider alone; never `none`, never a secret that both know."""


class Provider(msgspec.Struct, frozen=True):
    """Who vouches for people, and how the ledger is known there."""

    issuer: str
    client: str
    secret: str
    by_email: bool = False
    """Whether a verified e-mail names a user too, and not only an identity that was granted."""


class Identity(msgspec.Struct, frozen=True):
    """Whom a provider vouches for."""

    issuer: str
    subject: str
    email: str | None = None
    """Only if the provider says that it has verified it."""


def provider_in(environment: Mapping[str, str]) -> Provider | None:
    """The provider that the environment names, if it names one."""
    issuer, client = environment.get(ISSUER), environment.get(CLIENT)
    if not issuer or not client:
        return None
    by_email = environment.get(BY_EMAIL, "0") == "1"
    return Provider(issuer, client, environment.get(SECRET, ""), by_email)


def address_of(provider: Provider, secret: str, back: str) -> str:
    """Where the browser is sent; `secret` is kept by that browser alone, all else follows from it."""
    try:
        with _client(provider, back) as client:
            metadata = _metadata(client, provider)
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=_derived(secret, "state"),
                nonce=_derived(secret, "nonce"),
                code_verifier=_derived(secret, "verifier"),
            )
    except (HTTPError, OAuthError, ValueError, KeyError) as error:
        raise _failed(error) from error
    return str(address)


def identity_of(provider: Provider, secret: str, back: str, answer: Mapping[str, str]) -> Identity:
    """Whom the provider's answer vouches for, once its token is fetched and proved; raises Refusal."""
    if not hmac.compare_digest(
        answer.get("state", "").encode(), _derived(secret, "state").encode()
    ):
        raise Refusal(Problem("oidc-other-browser"))
    if "code" not in answer:
        raise Refusal(Problem("oidc-failed", params={"detail": answer.get("error", "code")}))
    try:
        with _client(provider, back) as client:
            metadata = _metadata(client, provider)
            token = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=_derived(secret, "verifier"),
            )
            keys = _fetched(client, metadata["jwks_uri"])
        claims = _proved(provider, token, keys, _derived(secret, "nonce"))
    except (HTTPError, OAuthError, JoseError, ValueError, KeyError) as error:
        raise _failed(error) from error
    email = claims.get("email") if claims.get("email_verified") is True else None
    return Identity(provider.issuer, str(claims["sub"]), email)


def user_named_by(accounts: Accounts, provider: Provider, identity: Identity) -> str:
    """The user whom an administrator has given this identity; nobody is ever made. Raises Refusal."""
    with accounts.store.writing() as connection:
        user = users.named_by_identity(connection, identity.issuer, identity.subject)
        if user is None and provider.by_email and identity.email:
            user = _named_by_email(connection, identity)
    if user is None or user.disabled:
        params = {"issuer": identity.issuer, "subject": identity.subject}
        raise Refusal(Problem("identity-unknown", params=params))
    return user.name


def _named_by_email(connection: Any, identity: Identity) -> users.User | None:
    """The user of an e-mail, whose identity is then kept: an address may later be another person's."""
    found = users.named_by_email(connection, identity.email or "")
    if len(found) != 1:
        return None
    known = users.identities_of(connection, found[0].name)
    if any(issuer == identity.issuer for issuer, _ in known):
        return None
    users.identify(connection, found[0].name, identity.issuer, identity.subject)
    return found[0]


def _client(provider: Provider, back: str) -> OAuth2Client:
    return OAuth2Client(
        provider.client,
        provider.secret or None,
        scope="openid email",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.secret else "none",
        timeout=_SECONDS,
    )


def _metadata(client: OAuth2Client, provider: Provider) -> dict[str, Any]:
    address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    told = _fetched(client, address)
    if told.get("issuer") != provider.issuer:
        raise ValueError(f"issuer {told.get('issuer')}")
    return told


def _fetched(client: OAuth2Client, address: str) -> dict[str, Any]:
    """What anyone may fetch; the token of the person who signs in is kept out of it."""
    told: dict[str, Any] = (
        client.request("GET", address, withhold_token=True).raise_for_status().json()
    )
    return told


def _proved(
    provider: Provider, token: Mapping[str, Any], keys: Any, nonce: str
) -> Mapping[str, Any]:
    """The claims of an ID token, signed by the provider, made for us and for this very sign-in."""
    decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        {"iss": {"value": provider.issuer}, "aud": {"value": provider.client}},
        {
            "nonce": nonce,
            "client_id": provider.client,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(leeway=_LEEWAY)
    return dict(claims)


def _derived(secret: str, what: str) -> str:
    return hmac.new(secret.encode(), what.encode(), hashlib.sha256).hexdigest()


def _failed(error: Exception) -> Refusal:
    detail = type(error).__name__
    if isinstance(error, OAuthError) and error.error:
        detail = f"{detail} {error.error}"
    return Refusal(Problem("oidc-failed", params={"detail": detail}))
