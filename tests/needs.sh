#!/bin/sh
# Installs what the tests need beyond Python, where it may; otherwise says plainly what will be skipped and how to get it.
set -u

missing=""
have_postgresql() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_redis() { command -v redis-server >/dev/null 2>&1; }
have_pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || ls /opt/homebrew/lib/libpango-1.0* /usr/local/lib/libpango-1.0* >/dev/null 2>&1; }
have_rare() { fc-list ':charset=20000' 2>/dev/null | grep -q .; }  # names outside the usual characters
have_reader() { command -v pdftotext >/dev/null 2>&1; }
have_fonts() { fc-list :lang=zh 2>/dev/null | grep -q .; }

have_postgresql || missing="$missing postgresql"
have_chromium || missing="$missing chromium"
have_fonts || missing="$missing fonts-noto-cjk"
have_redis || missing="$missing redis-server"
have_pango || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
have_rare || missing="$missing fonts-hanazono"
have_reader || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing for the tests:$missing"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 ||
    echo "apt-get could not install$missing"
fi

have_postgresql || echo "SKIPPED: tests on PostgreSQL. Install it with: apt-get install postgresql (macOS: brew install postgresql)"
have_redis || echo "SKIPPED: tests with Celery. Install its broker with: apt-get install redis-server (macOS: brew install redis)"
have_chromium || echo "SKIPPED: tests in a browser. Install it with: apt-get install chromium fonts-noto-cjk (macOS: brew install chromium)"
have_pango || echo "SKIPPED: tests of PDF. Install Pango with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 (macOS: brew install pango)"
have_rare || echo "SKIPPED: tests with rare characters. Install their font with: apt-get install fonts-hanazono"
have_reader || echo "SKIPPED: tests that read PDF. Install the reader with: apt-get install poppler-utils (macOS: brew install poppler)"
exit 0
