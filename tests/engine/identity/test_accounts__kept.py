"""Accounts as an administrator keeps them: made, given posts and passwords, disabled."""

import logging

import pytest

from engine import identity
from engine.errors import AccountInvalid, NotYours, SignInRefused
from engine.words import Post
from engine.work import PUBLIC, SYSTEM, Appointment

WINDOW = Appointment("zw-330802", Post.WINDOW)
REVIEWER = Appointment("mz-330802", Post.REVIEWER)


@pytest.fixture
def url(database_url):
    """Both databases must keep what is written here."""
    return database_url


@pytest.fixture
def account(city):
    """A new account, whose password is in fact `right-password`."""
    with city.engine.begin(SYSTEM) as work:
        identity.enrol(work, "zhouli", " 周丽 ", identity.hash_password("right-password"))
    return city


def kept(city, login="zhouli"):
    """What is known of an account."""
    with city.engine.look(SYSTEM) as work:
        return identity.account(work, login)


def signed_in(city, password, login="zhouli"):
    """The actor of a new sign-in."""
    with city.engine.look(PUBLIC) as work:
        candidate = identity.candidate(work, login)
    if not identity.verify(candidate, password):
        return None
    with city.engine.begin(PUBLIC) as work:
        return identity.admit(work, candidate, "")


def actor(city, token):
    """Who holds a token now."""
    with city.engine.look(PUBLIC) as work:
        return identity.actor_of(work, token)


def test_a_new_account_signs_in_with_its_posts(account):
    """Posts count at once, and the last sign-in is remembered after it has ended."""
    assert kept(account).signed_in_at is None
    with account.engine.begin(SYSTEM) as work:
        identity.appoint(work, "zhouli", {WINDOW, REVIEWER})
    token = signed_in(account, "right-password")
    assert actor(account, token).appointments == {WINDOW, REVIEWER}
    with account.engine.begin(SYSTEM) as work:
        identity.sign_out(work, token)
    found = kept(account)
    assert (found.name, found.posts, found.disabled) == ("周丽", (REVIEWER, WINDOW), False)
    assert found.signed_in_at == account.engine.clock()


def test_posts_are_replaced_not_added(account):
    """What is set is all a person holds from now on, also in an open sign-in."""
    token = signed_in(account, "right-password")
    for posts in ({WINDOW}, {REVIEWER}, set()):
        with account.engine.begin(SYSTEM) as work:
            identity.appoint(work, "zhouli", posts)
        assert actor(account, token).appointments == posts


def test_disabling_ends_sign_ins(account):
    """Nobody works on with a disabled account; enabled again, the password of before is right."""
    token = signed_in(account, "right-password")
    with account.engine.begin(SYSTEM) as work:
        identity.disable(work, "zhouli")
    assert actor(account, token) is None
    assert signed_in(account, "right-password") is None
    with account.engine.begin(SYSTEM) as work:
        identity.enable(work, "zhouli")
    assert actor(account, token) is None, "the old sign-in does not come back"
    assert signed_in(account, "right-password")


def test_another_password_ends_sign_ins_and_the_lock(account):
    """Whoever knew the old one is out, and the person is not locked out by wrong tries of before."""
    token = signed_in(account, "right-password")
    for _ in range(5):
        with account.engine.begin(PUBLIC) as work:
            identity.reject(work, "zhouli", "")
    with account.engine.begin(SYSTEM) as work:
        identity.set_password(work, "zhouli", identity.hash_password("another-password"))
    assert actor(account, token) is None
    assert signed_in(account, "right-password") is None
    assert signed_in(account, "another-password")


def test_a_password_changed_between_check_and_admission_is_refused(account):
    """A sign-in under way with the old password is not let in by the new hash."""
    with account.engine.look(PUBLIC) as work:
        candidate = identity.candidate(work, "zhouli")
    with account.engine.begin(SYSTEM) as work:
        identity.set_password(work, "zhouli", identity.hash_password("another-password"))
    with pytest.raises(SignInRefused), account.engine.begin(PUBLIC) as work:
        identity.admit(work, candidate, "")


@pytest.mark.parametrize("login", ["", "Zhou", "周丽", "zhou li", "a" * 61, "-a", "zhouli\n", "zhouli"])
def test_a_login_somebody_can_type(account, login):
    """Small letters and digits, and nobody else has it."""
    with pytest.raises(AccountInvalid), account.engine.begin(SYSTEM) as work:
        identity.enrol(work, login, "周丽", "hash")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a" * 61])
def test_a_name_people_can_read(account, name):
    """It is printed on papers."""
    with pytest.raises(AccountInvalid), account.engine.begin(SYSTEM) as work:
        identity.rename(work, "zhouli", name)


def test_unknown_departments_and_accounts_are_refused(account):
    """Nothing of the change is kept."""
    with pytest.raises(AccountInvalid, match="lianban departments"), account.engine.begin(SYSTEM) as work:
        identity.appoint(work, "zhouli", {WINDOW, Appointment("zw-1", Post.WINDOW)})
    assert kept(account).posts == ()
    for change in (identity.disable, identity.enable):
        with pytest.raises(AccountInvalid, match="nobody"), account.engine.begin(SYSTEM) as work:
            change(work, "nobody")


def test_generated_passwords_are_long_and_differ():
    """Sixteen letters nobody mistakes for others; a chosen one has at least ten."""
    made = {identity.generated() for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {16}
    assert not set("".join(made)) & set("0o1il")
    assert identity.acceptable("十个字的密码也可以用") == "十个字的密码也可以用"
    with pytest.raises(AccountInvalid):
        identity.acceptable("123456789")


def test_the_log_says_what_changed_without_names(account, caplog):
    """The account is named by its id; neither login nor name nor hash is told."""
    caplog.set_level(logging.INFO, "engine.identity.accounts")
    with account.engine.begin(SYSTEM) as work:
        identity.rename(work, "zhouli", "周小丽")
        identity.appoint(work, "zhouli", {WINDOW})
        identity.set_password(work, "zhouli", "the-hash")
        identity.disable(work, "zhouli")
    said = caplog.text
    for word in ("renamed", "posts set: window@zw-330802", "password set", "disabled", "by system"):
        assert word in said
    for secret in ("zhouli", "周", "the-hash"):
        assert secret not in said


def test_only_administrators_keep_accounts(account):
    """A reviewer neither reads nor changes them; an administrator does."""
    for use in (identity.accounts, lambda work: identity.disable(work, "wangfang")):
        with pytest.raises(NotYours), account.engine.begin(account.actor("zhangwei")) as work:
            use(work)
    with account.engine.begin(account.actor("pengbin")) as work:
        identity.disable(work, "wangfang")
        assert [one.login for one in identity.accounts(work) if one.disabled] == ["wangfang"]
