"""Posting to a real server, and to names that lead where they should not."""

import datetime
import socket
import ssl
import threading

import pytest

from legevakt.lib import outgoing
from tests.municipalities.webhooks.receiver import receiving

ARGUMENTS = {"body": b"{}", "headers": {"Content-Type": "application/json"}}


class Names:
    """A resolver that gives one answer after the other, and counts."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, *, host, port):
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def post(url, *, may_be_private=True, **more):
    return outgoing.post(url=url, may_be_private=may_be_private, **ARGUMENTS, **more)


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


def test_the_answers_status_comes_back(receiver):
    receiver.answers = [204, 500]
    assert [post(receiver.url), post(receiver.url)] == [204, 500]
    headers, body = receiver.got[0]
    assert body == b"{}"
    assert headers["host"] == f"127.0.0.1:{receiver.server_port}"
    assert headers["content-type"] == "application/json"


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [302]
    receiver.answer_headers = {"Location": "http://169.254.169.254/latest/meta-data"}
    assert post(receiver.url) == 302
    assert len(receiver.got) == 1


def test_a_proxy_of_the_environment_is_not_used(receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert post(receiver.url) == 204


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "::1", "169.254.169.254", "224.0.0.1"]
)
def test_a_name_that_leads_inside_is_not_called(receiver, address):
    url = f"https://receiver.example:{receiver.server_port}/"
    with pytest.raises(outgoing.AddressRefused) as refused:
        post(url, may_be_private=False, resolve=Names([address]))
    assert refused.value.code == "private_address"
    assert receiver.got == []


def test_one_inner_address_among_several_is_enough_to_refuse():
    with pytest.raises(outgoing.AddressRefused):
        post("https://r.example/", may_be_private=False, resolve=Names(["1.1.1.1", "10.0.0.1"]))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost"])
def test_this_machine_is_not_called_however_it_is_written(receiver, host):
    with pytest.raises(outgoing.AddressRefused) as refused:
        post(f"https://{host}:{receiver.server_port}/", may_be_private=False)
    assert refused.value.code == "private_address"


def test_a_name_is_looked_up_once_and_that_answer_is_called(receiver):
    """DNS rebinding: the second answer would be another machine."""
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    assert post(f"http://r.example:{receiver.server_port}/in", resolve=names) == 204
    assert names.asked == ["r.example"]
    assert receiver.got[0][0]["host"] == f"r.example:{receiver.server_port}"


def test_the_next_address_is_tried_when_the_first_is_not_there(receiver):
    names = Names(["127.0.0.2", "127.0.0.1"])  # the receiver listens on the second alone
    assert post(f"http://r.example:{receiver.server_port}/", resolve=names) == 204
    assert len(receiver.got) == 1


def test_a_name_that_nobody_knows_is_told():
    def unknown(*, host, port):
        raise socket.gaierror(-2, "Name or service not known")

    for resolve in (unknown, Names([])):
        with pytest.raises(outgoing.AddressRefused) as refused:
            post("https://r.example/", resolve=resolve)
        assert refused.value.code == "unknown_host"


def test_a_receiver_that_is_not_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(outgoing.NotReached) as missed:
            post(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert missed.value.code == "no_connection"


def test_a_receiver_that_never_answers_is_left(monkeypatch):
    monkeypatch.setattr(outgoing, "TIMEOUT_SECONDS", 0.3)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(outgoing.NotReached) as missed,
    ):
        post(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert missed.value.code == "timeout"


def test_an_answer_without_end_is_not_read(receiver):
    receiver.answer_body = b"x" * 3_000_000
    assert post(receiver.url) == 204


def test_a_receiver_that_talks_no_http_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def talk():
            connection, _ = server.accept()
            connection.recv(65536)
            connection.sendall(b"220 mail ready\r\n")
            connection.close()

        thread = threading.Thread(target=talk)
        thread.start()
        with pytest.raises(outgoing.NotReached) as missed:
            post(f"http://127.0.0.1:{port}/")
        thread.join()
    assert missed.value.code == "connection_lost"


def ask(url, *, most_bytes=100):
    return outgoing.ask(url=url, may_be_private=True, most_bytes=most_bytes, **ARGUMENTS)


def test_the_whole_answer_comes_back(receiver):
    receiver.answers, receiver.answer_body = [200], b"x" * 100
    assert ask(receiver.url) == outgoing.Answer(200, b"x" * 100)
    assert receiver.got[0][1] == b"{}"


def test_an_answer_that_is_larger_than_asked_for_is_left(receiver):
    receiver.answers, receiver.answer_body = [200], b"x" * 3_000_000
    with pytest.raises(outgoing.NotReached) as missed:
        ask(receiver.url)
    assert missed.value.code == "too_large"


def test_an_answer_that_comes_too_slowly_is_left(receiver, monkeypatch):
    monkeypatch.setattr(outgoing, "WHOLE_ANSWER_SECONDS", -1)
    receiver.answers, receiver.answer_body = [200], b"x"
    with pytest.raises(outgoing.NotReached) as missed:
        ask(receiver.url)
    assert missed.value.code == "timeout"


def test_an_answer_that_breaks_off_is_no_answer(receiver):
    receiver.answers, receiver.answer_body = [200], b"x"
    receiver.answer_headers = {"Content-Length": "50"}
    with pytest.raises(outgoing.NotReached) as missed:
        ask(receiver.url)
    assert missed.value.code == "connection_lost"


def test_asking_is_guarded_as_posting_is(receiver):
    with pytest.raises(outgoing.AddressRefused):
        outgoing.ask(url=receiver.url, may_be_private=False, most_bytes=9, **ARGUMENTS)
    assert receiver.got == []


@pytest.fixture
def secure(tmp_path, monkeypatch):
    """A TLS server whose certificate is for receiver.example, trusted by this process."""
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(own_certificate("receiver.example"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiving(context) as server:
        yield server


def own_certificate(name: str) -> bytes:
    """Key and certificate in one PEM, signed by itself, for two hours around now."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(pem)


def test_the_certificate_is_checked_for_the_name_and_not_the_address(secure):
    url = f"https://receiver.example:{secure.server_port}/hooks"
    assert post(url, resolve=Names(["127.0.0.1"])) == 204
    assert secure.paths == ["/hooks"]


def test_a_certificate_for_another_name_is_refused(secure):
    with pytest.raises(outgoing.NotReached) as missed:
        post(f"https://other.example:{secure.server_port}/", resolve=Names(["127.0.0.1"]))
    assert missed.value.code == "certificate"
    assert secure.got == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(outgoing.NotReached) as missed:
        post(f"https://receiver.example:{secure.server_port}/", resolve=Names(["127.0.0.1"]))
    assert missed.value.code == "certificate"
