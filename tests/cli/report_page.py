#!/usr/bin/env python3
"""Look at a report in Chromium: report_page.py CHROMIUM PAGE.html country|hostile|answers|many

Prints a line for everything that is not as it should be; status 1 if there is any. It speaks the
DevTools protocol over a pipe, with nothing but the standard library.
"""
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 60  # seconds that anything may take on a busy machine


class Browser:
    """Chromium without a window; `events` are the messages that it sent unasked."""

    def __init__(self, program, folder):
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()

        def pipes():  # the protocol wants them as descriptors 3 and 4
            high = [os.dup(fd) for fd in (to_browser, from_browser)]
            while min(high) < 5:
                high = [os.dup(fd) for fd in high]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--remote-debugging-pipe",
             f"--user-data-dir={folder}", "about:blank"],
            close_fds=False, preexec_fn=pipes, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.events, self.number, self.session = b"", [], 0, None

    def receive(self, patience):
        end = time.monotonic() + patience
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.read_end], [], [], left)[0]:
                return None
            part = os.read(self.read_end, 1 << 20)
            if not part:
                sys.exit("the browser ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write_end, json.dumps(request).encode() + b"\0")
        while True:
            message = self.receive(PATIENCE)
            if message is None:
                sys.exit(f"the browser does not answer to {method}")
            if message.get("id") == self.number:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def open(self, url):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1280, height=900,
                  deviceScaleFactor=1, mobile=False)
        began = time.monotonic()
        self.call("Page.navigate", url=url)
        while self.value("document.documentElement.dataset.ready") != "true":
            if time.monotonic() - began > PATIENCE:
                return None
            time.sleep(0.05)
        return time.monotonic() - began

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            return f"({answer['exceptionDetails']['text']} in {expression})"
        return answer["result"].get("value")

    def key(self, name):
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                      windowsVirtualKeyCode={"ArrowRight": 39, "Home": 36, "Tab": 9}[name])

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (SystemExit, OSError):
            self.process.kill()
        self.process.wait()


problems = []


def expect(what, condition):
    if not condition:
        problems.append(what)


def quiet(browser, url):
    """Neither errors nor requests, since the page was opened."""
    while (message := browser.receive(0.2)) is not None:
        browser.events.append(message)
    for event in browser.events:
        method, what = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = what["exceptionDetails"]
            problems.append("an exception: " + details.get("exception", {}).get(
                "description", details["text"]))
        if method == "Runtime.consoleAPICalled" or (
                method == "Log.entryAdded" and what["entry"]["level"] in ("error", "warning")):
            problems.append(f"the console says: {json.dumps(what)[:400]}")
        if method == "Network.requestWillBeSent":
            asked = what["request"]["url"]
            if asked != url and not asked.startswith(("data:", "blob:")):
                problems.append(f"it asks for {asked}")


CLASSES = """[...document.querySelectorAll('.country [data-district], .country [data-unit]')]
    .map(s => s.getAttribute('class')).join()"""
WHEN = "document.querySelector('.when').textContent"


def look_at_map(browser):
    worst = browser.value(CLASSES)
    expect("no shape is coloured at the worst hour", worst and "c1" in worst or "c2" in worst)
    browser.value("document.querySelector('.time').focus()")
    browser.key("Home")
    first, when = browser.value(CLASSES), browser.value(WHEN)
    expect("the slider does not move the map", first != worst)
    expect(f"the first hour is called {when}", when == "1 January 2022, 01:00")
    browser.key("ArrowRight")
    expect("the key does not move the time", browser.value(WHEN) == "1 January 2022, 02:00")
    expect("the slider says nothing to a screen reader", "2 January" not in (browser.value(
        "document.querySelector('.time').getAttribute('aria-valuetext')") or "2 January"))
    browser.value("document.querySelector('.play').click()")
    time.sleep(1)
    browser.value("document.querySelector('.play').click()")
    expect("it does not play", browser.value(WHEN) not in ("1 January 2022, 02:00", None))
    stopped = browser.value(WHEN)
    time.sleep(0.3)
    expect("it does not stop", browser.value(WHEN) == stopped)
    browser.value("document.querySelector('.time').value = 149;"
                  "document.querySelector('.time').dispatchEvent(new Event('input'))")
    active = browser.value(CLASSES)
    browser.value("document.querySelectorAll('.measures input')[1].click()")
    expect("another measure is the same map", browser.value(CLASSES) != active)
    expect("its key is not shown", browser.value(
        "[...document.querySelectorAll('.key')].filter(k => !k.hidden).map(k => k.dataset.measure).join()")
        == "1")


# Pixels of a canvas that are not empty.
INKED = """[...document.querySelectorAll('.plot canvas')].map(c => {
    const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    let n = 0;
    for (let i = 3; i < d.length; i += 4) n += d[i] > 0;
    return n;
})"""


def look_at_charts(browser):
    figures = browser.value("document.querySelectorAll('.chart').length")
    expect(f"{figures} charts, not 7", figures == 7)
    expect("a chart without unit, caption or table", browser.value(
        """[...document.querySelectorAll('.chart')].every(f => f.querySelector('.unit').textContent &&
           f.querySelector('figcaption').textContent.includes('Source') &&
           f.querySelectorAll('tbody tr').length > 3)"""))
    if browser.value("typeof uPlot") == "function":
        time.sleep(0.3)
        inked = browser.value(INKED)
        expect(f"charts are not drawn: {inked}", len(inked) == 7 and min(inked) > 500)
        legend = browser.value("[...document.querySelectorAll('.u-legend')].map(l => l.innerText).join()")
        expect(f"legends need a pointer: {legend}", "–" not in legend and "highest" in legend)
        expect("both kinds of chart are shown", browser.value(
            "[...document.querySelectorAll('.still')].every(s => s.offsetHeight === 0)"))
    else:
        expect("a still chart is not shown", browser.value(
            "[...document.querySelectorAll('.still svg')].every(s => s.getBoundingClientRect().height > 100)"))


def save_all(browser, selector, wanted):
    """What the buttons would save, taken before the browser does: it limits downloads in a row."""
    browser.value("""window.saved = [];
        URL.createObjectURL = blob => (saved.push(blob), 'data:,');
        HTMLAnchorElement.prototype.click = () => {};
        document.querySelectorAll('%s').forEach(b => b.click())""" % selector)
    end = time.monotonic() + PATIENCE
    while (count := browser.value("saved.length")) < sum(wanted.values()) and time.monotonic() < end:
        time.sleep(0.1)
    kinds = browser.value("saved.map(b => b.type)")
    got = {kind: kinds.count(kind) for kind in wanted}
    expect(f"saved {got}, not {wanted}", got == wanted and count == sum(wanted.values()))
    expect("a saved picture is no XML", browser.value(
        """(async () => (await Promise.all(saved.filter(b => b.type === 'image/svg+xml').map(async b =>
            new DOMParser().parseFromString(await b.text(), 'image/svg+xml').querySelector('parsererror'))))
            .every(e => e === null))()"""))


def look_at_saving(browser):
    save_all(browser, ".map .tools button, .spread .tools button, .network .tools button, "
             ".chart .tools button, .save-scenario",
             {"image/svg+xml": 11, "image/png": 11, "text/csv": 12, "text/yaml": 1})
    expect("a saved file is nearly empty", browser.value("saved.every(b => b.size > 500)"))
    rows = browser.value("(async () => (await saved.find(b => b.type === 'text/csv').text())"
                         ".trim().split('\\n').map(r => r.split(',').length))()")
    expect(f"the numbers of the map: {rows}", rows == [45] * 151)


# Labels of the network that overlap: pairs of the sheets behind them.
COLLISIONS = """[...document.querySelectorAll('.network')].flatMap(f => {
    const boxes = [...f.querySelectorAll('rect[fill-opacity]')].map(r => r.getBoundingClientRect());
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map(b => [a.left, a.top]));
})"""


def look_at_network(browser):
    """Labels stand apart; its buttons save its own numbers, and no other tables."""
    expect("labels of the network overlap", browser.value(COLLISIONS) == [])
    save_all(browser, ".network:first-of-type .tools button[aria-label*=numbers]", {"text/csv": 2})
    rows = browser.value("""(async () => (await Promise.all(saved.map(b => b.text())))
        .map(t => t.trim().split('\\n').map(r => r.split('","').length)))()""")
    tables = browser.value("""[...document.querySelector('.network').querySelectorAll('table')]
        .map(t => t.rows.length)""")
    expect(f"persons and ties: rows {[len(r) for r in rows]}, not {tables}", [len(r) for r in rows] == tables
           and min(tables) > 10)


# Texts of a picture that cannot be told from what is behind them: contrast below 3 (of WCAG 2).
CONTRASTS = """(selector => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
    const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const svg = document.querySelector(selector), sheet = rgb(getComputedStyle(svg.querySelector('.sheet')).fill);
    const shapes = [...svg.querySelectorAll('rect:not(.sheet)')];
    return [...svg.querySelectorAll('text')].filter(t => t.getBoundingClientRect().width > 0).map(t => {
        const box = t.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
        const under = shapes.filter(s => { const b = s.getBoundingClientRect();
            return b.left < x && x < b.right && b.top < y && y < b.bottom; }).pop();
        const style = under && getComputedStyle(under), part = under ? +style.fillOpacity : 0;
        const back = under ? rgb(style.fill).map((v, i) => v * part + sheet[i] * (1 - part)) : sheet;
        const [a, b] = [light(rgb(getComputedStyle(t).fill)), light(back)].sort((p, q) => q - p);
        return [(a + .05) / (b + .05), t.textContent];
    }).filter(([contrast]) => contrast < 3).map(([contrast, text]) => contrast.toFixed(1) + ' ' + text);
})"""


def look_in_the_dark(browser, selector):
    """A picture follows the page: its sheet is dark, and all of its texts can be read."""
    for scheme in ("dark", "light"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        time.sleep(0.2)
        sheet = browser.value(f"getComputedStyle(document.querySelector('{selector} .sheet')).fill")
        expect(f"{selector} in the {scheme} is {sheet}", sheet == ("rgb(23, 29, 35)" if scheme == "dark" else "rgb(255, 255, 255)"))
        poor = browser.value(f"{CONTRASTS}('{selector} svg')")
        expect(f"{selector} in the {scheme}: cannot be read: {poor}", poor == [])


def look_at_fan(browser):
    """The pointer over a fan tells the numbers of that day, as they are in the table."""
    box = browser.value("""(() => { const over = document.querySelector('.fans .u-over');
        over.scrollIntoView({block: 'center', behavior: 'instant'});
        const b = over.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()""")
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + 0.55 * box[2], y=box[1] + box[3] / 2)
    time.sleep(0.5)
    told = browser.value("""[...document.querySelector('.fans .u-legend').querySelectorAll('.u-series:not(.edge)')]
        .map(r => r.querySelector('.u-value').textContent)""")
    rows = browser.value("""[...document.querySelector('.fans figure details').querySelectorAll('tbody tr')]
        .map(r => [...r.cells].map(c => c.textContent))""")
    row = next((r for r in rows if r[0] == told[0]), None)
    expect(f"the pointer tells {told}, which is no day of {rows}", row is not None)
    if row:
        expect(f"the pointer tells {told}, the table {row}",
               told[1:] == [row[3], f"{row[2]} to {row[4]}", f"{row[1]} to {row[5]}"])
    other = browser.value("""[...document.querySelectorAll('.fans .u-legend')].at(-1)
        .querySelector('.u-value').textContent""")
    expect(f"another fan tells {other}, not the same day", other == told[0])


def look_at_width(browser):
    browser.call("Emulation.setDeviceMetricsOverride", width=390, height=800,
                 deviceScaleFactor=2, mobile=True)
    time.sleep(0.3)
    width = browser.value("document.documentElement.scrollWidth")
    expect(f"on a phone the page is {width} pixels wide", width <= 390)
    expect("a table does not scroll by itself", browser.value(
        "[...document.querySelectorAll('table')].every(t => !t.offsetWidth || t.closest('.scroll, .u-wrap, .uplot'))"))


def look_at_country(browser):
    look_at_map(browser)
    look_at_charts(browser)
    look_at_saving(browser)
    look_at_network(browser)
    look_at_width(browser)
    headings = browser.value("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName).join()")
    expect(f"headings leave a level out: {headings}", headings.startswith("H1,H2"))


def look_at_hostile(browser):
    expect("a script of the scenario ran", browser.value("typeof pwned") == "undefined")
    expect("a text became an element", browser.value(
        "document.querySelectorAll('img, b b, svg[onload], [onmouseover], blockquote script').length") == 0)
    expect("the heading is not the title", browser.value(
        "document.querySelector('h1').textContent === JSON.parse(document.getElementById('data').textContent).title"))
    browser.value("""for (const s of document.querySelectorAll('.country [data-district]'))
        s.dispatchEvent(new PointerEvent('pointermove', {bubbles: true}))""")
    expect("a tip became an element", browser.value("document.querySelectorAll('.tip b b').length") == 0)
    expect("a script of the scenario ran", browser.value("typeof pwned") == "undefined")


def look_at_answers(browser):
    expect("a script of the scenario ran", browser.value("typeof pwned") == "undefined")
    expect("a text became an element", browser.value(
        "document.querySelectorAll('img, #answers h3 b, #answers h4 i, [onmouseover], #answers script, u').length") == 0)
    expect("the question is not its text", browser.value(
        "document.querySelector('.answer h4').textContent") ==
        'Do <i>forty</i> officers matter" onmouseover="pwned=8 ?')
    expect("a picture without words", browser.value(
        """[...document.querySelectorAll('.asked')].every(f => f.querySelector('svg[role=img] title').textContent &&
           f.querySelector('figcaption').textContent.length > 40)"""))
    save_all(browser, ".asked .tools button", {"image/svg+xml": 3, "image/png": 3, "text/csv": 3})
    table = browser.value("(async () => (await saved.filter(b => b.type === 'text/csv')[1].text())"
                          ".split('\\n').map(r => r.split(',')))()")
    expect(f"the numbers of an answer: {table[:3]}", table[0][1] == '"mean"' and
           [row[0] for row in table[1:5]] == ['"control arm"', '"treatment arm"', '"difference"',
                                              '"difference over the parameter ranges"'] and
           abs(float(table[2][1]) - float(table[1][1]) - float(table[3][1])) < 1e-6)
    headings = browser.value("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    expect(f"headings leave a level out: {headings}",
           all(b - a <= 1 for a, b in zip([0] + headings, headings)))
    look_in_the_dark(browser, "[data-name=answers]")
    look_at_width(browser)


def look_at_many(browser):
    expect("a script of the scenario ran", browser.value("typeof pwned") == "undefined")
    expect("a text became an element", browser.value("document.querySelectorAll('img, h1 script').length") == 0)
    fans = browser.value("document.querySelectorAll('.fans figure').length")
    expect(f"{fans} fans, not 3", fans == 3)
    expect("a fan without unit, words, bands, line or table", browser.value(
        """[...document.querySelectorAll('.fans figure')].every(f => f.querySelector('.unit').textContent &&
           f.querySelector('svg title').textContent && f.querySelectorAll('.fan').length >= 4 &&
           f.querySelector('path.curve0') && f.querySelectorAll('details tbody tr').length === 8)"""))
    expect("a fan's median lies outside its bands", browser.value(
        """[...document.querySelectorAll('.fans figure details tbody tr')].every(r =>
           [...r.cells].slice(1).every((c, i, all) => i === 0 || +c.dataset.value >= +all[i - 1].dataset.value))"""))
    panels = browser.value("document.querySelectorAll('.panel').length")
    save_all(browser, ".tools button, .save-scenario",
             {"image/svg+xml": fans + 4, "image/png": fans + 4, "text/csv": fans + 3, "text/yaml": 1})
    sheet = browser.value("(async () => (await saved.find(b => b.type === 'image/svg+xml').text()).length)()")
    expect(f"a saved fan of {sheet} letters", sheet > 1000)
    joined = browser.value("""(async () => (await Promise.all(saved.filter(b => b.type === 'image/svg+xml')
        .map(b => b.text()))).map(t => new DOMParser().parseFromString(t, 'image/svg+xml')
        .querySelectorAll('svg svg').length).join())()""")
    expect(f"outcomes in one picture: {joined}, not {panels}", str(panels) in joined.split(","))
    headings = browser.value("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    expect(f"headings leave a level out: {headings}",
           all(b - a <= 1 for a, b in zip([0] + headings, headings)))
    look_in_the_dark(browser, "[data-name=risk]")
    look_in_the_dark(browser, "[data-name=risk-map]")
    if browser.value("typeof uPlot") == "function":
        look_at_fan(browser)
    look_at_width(browser)


def main(program, page, kind):
    url = Path(page).resolve().as_uri()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(program, folder + "/profile")
        try:
            took = browser.open(url)
            expect("the page never gets ready", took is not None)
            if took is not None and kind == "country":
                look_at_country(browser)
            elif took is not None and kind in ("answers", "many"):
                (look_at_answers if kind == "answers" else look_at_many)(browser)
            elif took is not None:
                look_at_hostile(browser)
            quiet(browser, url)
        finally:
            browser.close()
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
