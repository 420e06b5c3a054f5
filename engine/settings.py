"""What an installation may set. All of it comes from the environment; docs/operations.md lists every name."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Values of one installation; `from_environment` gives the embedded defaults."""

    data: Path
    database: str
    host: str
    port: int
    public_url: str
    secret: str
    secure_cookies: bool
    log: str = "text"
    metrics_token: str = ""
    exchange: Path | None = None
    broker: str = ""
    threads: int = 2
    files: Path | None = None
    file_megabytes: int = 20
    paper_pages: int = 100
    seals: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read `LIANBAN_*`; what is not set gets the default of an embedded installation on this machine."""
        data = Path(environment.get("LIANBAN_DATA", "var")).resolve()
        host = environment.get("LIANBAN_HOST", "127.0.0.1")
        port = int(environment.get("LIANBAN_PORT", "8000"))
        exchange = environment.get("LIANBAN_EXCHANGE", "")
        public_url = environment.get("LIANBAN_PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
        return cls(
            data=data,
            database=environment.get("LIANBAN_DATABASE", f"sqlite:///{data / 'lianban.db'}"),
            host=host,
            port=port,
            public_url=public_url,
            secret=environment.get("LIANBAN_SECRET") or _kept_secret(data),
            secure_cookies=public_url.startswith("https://"),
            log=environment.get("LIANBAN_LOG", "text"),
            metrics_token=environment.get("LIANBAN_METRICS_TOKEN", ""),
            exchange=Path(exchange) if exchange else None,
            broker=environment.get("LIANBAN_BROKER", ""),
            seals=Path(seals) if (seals := environment.get("LIANBAN_SEALS", "")) else None,
            threads=int(environment.get("LIANBAN_THREADS", "2")),
            files=Path(environment.get("LIANBAN_FILES", data / "files")).resolve(),
            file_megabytes=int(environment.get("LIANBAN_FILE_MEGABYTES", "20")),
            paper_pages=int(environment.get("LIANBAN_PAPER_PAGES", "100")),
        )


def _kept_secret(data: Path) -> str:
    """The signing key of this installation, made once and readable by its owner only."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret"
    if not path.exists():
        # Two processes starting at once must agree: the first link wins, the loser reads it.
        draft = data / f"secret.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii")
