"""The page in real headless Chromium: clicks, keys, search, filters, copies, and who reads it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linnet_exact import Network, Weights, sample
from linnet_exact.draw.explore import explore_page
from linnet_exact.strata import Barcode, Fiber

LOWEST = "0-0:2,1-1:2,2-2:2,3-3:2"
SHOWN = "() => document.querySelector('h2').textContent"


@pytest.fixture(scope="module")
def fiber() -> Fiber:
    return Network(2, 2, 2, 2).fiber()


@pytest.fixture(scope="module")
def address(fiber: Fiber, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("pages") / "page.html"
    file.write_text(explore_page(fiber), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Any]:
    """One tab for all, because another one is another process."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(0)
    yield opened
    context.close()


@pytest.fixture
def page(tab: Any, address: str) -> Iterator[Any]:
    """A page that is ready; nothing in it may fail, and it may load nothing but itself."""
    faults: list[str] = []
    watchers = {
        "pageerror": lambda error: faults.append(str(error)),
        "console": lambda message: faults.append(message.text),
        "request": lambda request: faults.append(request.url),
    }
    for event, watcher in watchers.items():
        tab.on(event, watcher)
    open_page(tab, address)
    yield tab
    for event, watcher in watchers.items():
        tab.remove_listener(event, watcher)
    tab.emulate_media(media="null", color_scheme="null")
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.goto("about:blank")  # or the next address would be the same document
    assert faults == [address]


def open_page(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")


def wait_for(page: Any, barcode: str) -> None:
    page.wait_for_function(f"barcode => ({SHOWN})() === barcode", arg=barcode)


def covers(barcode: str) -> tuple[set[str], set[str]]:
    stratum = Barcode.parse(barcode).stratum
    up, down = stratum.covers_above(), stratum.covers_below()
    return {str(s.barcode) for s in up}, {str(s.barcode) for s in down}


def test_a_click_shows_the_stratum_and_its_moves_lead_on(page: Any, fiber: Fiber) -> None:
    assert page.evaluate(SHOWN) == LOWEST
    assert page.locator("#picture .box").count() == fiber.count()
    assert page.locator("#picture .edge").count() == 49
    labels = page.locator("#picture .box").evaluate_all(
        "boxes => boxes.map(b => [...b.querySelectorAll('text')].map(t => t.textContent).join(''))"
    )
    assert labels == [str(stratum.barcode) for stratum in fiber.strata()]
    assert page.locator("#picture .corner").count() == sum(bool(s.singular) for s in fiber.strata())
    for number in (0, 9, 18):
        stratum = fiber.strata()[number]
        barcode = str(stratum.barcode)
        page.locator("#zoom-fit").click()
        page.locator(f"[data-stratum='{number}']").click()
        wait_for(page, barcode)
        up, down = covers(barcode)
        assert set(page.locator(".moves a").all_text_contents()) == up | down
        said = page.locator("#stratum").inner_text()
        assert f"Moves up: {len(up)}" in said
        assert f"Moves down: {len(down)}" in said
        page.locator("summary").click()
        values = [f"{stratum.points(q)} for q = {q}" for q in (2, 3, 4, 5)]
        page.locator("details p", has_text=", ".join(values)).wait_for()
        singular = f"dim null dμ = {stratum.tangent_dimension_of_fiber}"
        assert f"{'yes' if stratum.singular else 'no'}: {singular}" in said
    link = page.locator(".moves a").first
    goal = link.text_content()
    link.hover()
    assert page.locator(".edge.lit").count() == 1
    assert page.locator(".box.lit title").text_content().startswith(f"{goal}, dimension")
    link.press("Enter")
    wait_for(page, goal)
    assert page.evaluate("() => document.activeElement.id") == "stratum-name"
    page.go_back()
    wait_for(page, barcode)
    assert page.locator(".box.chosen title").text_content().startswith(f"{barcode},")


def test_what_is_said_and_copied_is_what_python_says(page: Any, fiber: Fiber) -> None:
    found = page.evaluate(
        """() => strata.map((stratum) => ({
            json: asJson(stratum), latex: asLatex(stratum), file: asWeightsFile(stratum),
            python: asPython(stratum), commands: asCommands(stratum),
            polynomial: expanded(stratum.count).map(String), factored: factored(stratum.count),
            value: String(valueAt(expanded(stratum.count), 9)),
        }))"""
    )
    for stratum, said in zip(fiber.strata(), found, strict=True):
        barcode = stratum.barcode
        assert said["json"] == stratum.to_jsonable()
        assert list(said["json"]["rank_list"]) == list(stratum.to_jsonable()["rank_list"])
        latex = f"{barcode._repr_latex_()}\n{stratum.rank_list._repr_latex_()}\n"
        assert said["latex"] == latex
        assert Weights(json.loads(said["file"])["weights"]) == sample(barcode)
        assert f"sample 2,2,2,2 --barcode {barcode}\n" in said["commands"]
        known: dict[str, Any] = {}
        exec(said["python"], known)  # our own text, with an assertion at its end
        assert known["theta"] == sample(barcode)
        assert list(map(int, said["polynomial"])) == stratum.point_polynomial()
        assert int(said["value"]) == stratum.points(9)
        if str(barcode) == "0-0:2,1-2:2,3-3:2":  # invertible 2 x 2 matrices
            assert said["factored"].replace("\xa0", " ") == "q (q − 1)² (q + 1)"


def test_copying(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name in ("JSON", "LaTeX", "command line", "Python", "point as weights file"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_selector(f"[data-copied='{name}']")
        assert page.locator("#said").text_content() == f"Copied {name}."
        assert (
            page.evaluate("() => navigator.clipboard.readText()")
            == page.locator("#copied").text_content()
        )
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="command line", exact=True).click()
    page.wait_for_function("() => document.getElementById('copied').textContent.includes('moves')")
    page.locator("#search").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#search").input_value().startswith("linnet-exact moves 2,2,2,2")


def test_the_keyboard_alone(page: Any, fiber: Fiber) -> None:
    page.locator("#picture").focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"barcode => ({SHOWN})() !== barcode", arg=LOWEST)
    above = page.evaluate(SHOWN)
    assert above in covers(LOWEST)[0]
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"barcode => ({SHOWN})() !== barcode", arg=above)
    beside = Barcode.parse(page.evaluate(SHOWN)).stratum
    assert beside.dimension == Barcode.parse(above).stratum.dimension
    page.keyboard.press("ArrowLeft")
    wait_for(page, above)
    page.keyboard.press("ArrowDown")
    wait_for(page, LOWEST)
    page.keyboard.press("End")
    page.wait_for_function(f"barcode => ({SHOWN})() !== barcode", arg=LOWEST)
    assert Barcode.parse(page.evaluate(SHOWN)).stratum.dimension == fiber.dimension
    page.keyboard.press("Home")
    wait_for(page, LOWEST)
    assert page.locator("#said").text_content() == (
        f"{LOWEST}, dimension 0, minimal, singular, 3 moves up, 0 down"
    )
    page.keyboard.press("0")
    scale = page.evaluate("() => view.scale")
    page.keyboard.press("+")
    assert page.evaluate("() => view.scale") > scale
    page.keyboard.press("0")
    assert page.evaluate("() => view.scale") == pytest.approx(scale)
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "stratum-name"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "picture"


def test_search_filters_and_the_list(page: Any, fiber: Fiber) -> None:
    strata = list(fiber.strata())

    def shown() -> list[str]:
        texts: list[str] = page.locator("#list tbody tr:visible a").all_text_contents()
        return texts

    page.locator("#to-list").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "list"
    assert shown() == [str(s.barcode) for s in strata]
    page.locator("#search").fill("0-1 3-3:2")
    bars = [(s, s.barcode.to_jsonable()) for s in strata]
    wanted = [s for s, counts in bars if "0-1" in counts and counts.get("3-3") == 2]
    assert shown() == [str(s.barcode) for s in wanted]
    assert page.locator("#matches").text_content() == f"{len(wanted)} of 27 strata"
    assert page.locator(".box.faint").count() == 27 - len(wanted)
    page.keyboard.press("Enter")
    wait_for(page, str(wanted[0].barcode))
    page.locator("#search").fill("")
    page.locator("#singular").check()
    assert shown() == [str(s.barcode) for s in strata if s.singular]
    page.locator("#singular").uncheck()
    page.locator("#maximal").check()
    page.locator("#to").select_option("8")
    assert shown() == [str(s.barcode) for s in strata if s.maximal and s.dimension <= 8]
    page.locator("#list a:visible").last.click()
    wait_for(page, [str(s.barcode) for s in strata if s.maximal and s.dimension <= 8][-1])
    page.locator("#as-picture").click()
    assert (
        page.locator(".box.chosen").bounding_box()["x"]
        > page.locator("#picture").bounding_box()["x"]
    )
    page.locator("#as-list").click()
    page.locator("#search").fill("9-9")
    assert shown() == []
    page.locator("#search").press("Enter")
    assert page.locator("#said").text_content() == "No stratum is like that."


def test_wheel_fingers_and_drags_move_the_picture_and_choose_nothing(page: Any) -> None:
    area = page.locator("#picture").bounding_box()
    for box in page.locator("#picture .box").evaluate_all(
        "boxes => boxes.map((box) => box.getBoundingClientRect().toJSON())"
    ):
        assert area["x"] < box["x"] < area["x"] + area["width"] - box["width"]
        assert area["y"] < box["y"] < area["y"] + area["height"] - box["height"]
    box = page.locator(".box").nth(5).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.wheel(0, -300)
    page.wait_for_function(
        "wide => document.querySelectorAll('.box')[5].getBoundingClientRect().width > 1.5 * wide",
        arg=box["width"],
    )
    before = page.evaluate("() => view.x")
    page.mouse.down()
    page.mouse.move(box["x"] + 105, box["y"] + 55, steps=4)
    page.mouse.up()
    assert page.evaluate("() => view.x") == pytest.approx(before + 100, abs=1)
    assert page.evaluate(SHOWN) == LOWEST
    scale = page.evaluate("() => view.scale")
    page.evaluate(
        """() => [["down", 1, 100], ["down", 2, 200], ["move", 2, 300], ["up", 1, 0], ["up", 2, 0]]
            .forEach(([name, pointerId, clientX]) => byId("picture").dispatchEvent(
                new PointerEvent(`pointer${name}`, { pointerId, clientX, clientY: 300 })))"""
    )  # two fingers, twice as far from each other as they began
    assert page.evaluate("() => view.scale") == pytest.approx(2 * scale)
    page.locator("#zoom-fit").click()
    assert page.locator(".box").nth(5).bounding_box()["width"] == pytest.approx(box["width"])


def test_no_barrier_for_anyone(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.locator("#as-list").click()
    page.locator("#as-picture").click()
    found = axe.run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    colour = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(20, 24, 29)"
    page.locator("#as-list").click()  # contrast is what the colours change
    found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    assert not serious, json.dumps(serious, indent=1)


def test_paper(page: Any) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 800, "height": 1130})
    colour = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(255, 255, 255)"
    for name in ("#filters", ".bar", "#keys", ".copying"):
        assert not page.locator(name).first.is_visible()
    area = page.locator("#picture").bounding_box()
    for shape in (page.locator(".box.minimal").first, page.locator(".box.maximal").first):
        box = shape.bounding_box()
        assert area["y"] < box["y"] < area["y"] + area["height"] - box["height"]
    for name in ("h1", "#picture .dag", "#stratum h2", ".ranks", ".matrices"):
        assert page.locator(name).first.is_visible()


def test_weights_are_marked(tab: Any, tmp_path: Path) -> None:
    theta = sample("0-0,0-2,1-1,1-2", field="sqrt(2)")
    file = tmp_path / "page.html"
    name = "<b>theta</b>.json"
    file.write_text(explore_page(theta.fiber, weights=theta, weights_name=name), encoding="utf-8")
    open_page(tab, f"{file.as_uri()}#0-1,0-2,1-2")
    assert tab.evaluate(SHOWN) == "0-1,0-2,1-2"
    tab.goto("about:blank")
    open_page(tab, file.as_uri())
    assert tab.evaluate(SHOWN) == "0-0,0-2,1-1,1-2"
    assert tab.locator(".box.marked.chosen").count() == 1
    assert tab.locator(".badges").text_content() == f"weights of {name}"
    assert f"These are the weights of {name}." in tab.locator("#stratum").inner_text()
    known: dict[str, Any] = {}
    exec(tab.evaluate("() => asPython(chosen)"), known)
    assert known["theta"] == theta
    tab.goto("about:blank")


def test_large_matrices_and_long_entries_are_cut_but_copied_whole(tab: Any, tmp_path: Path) -> None:
    theta = Weights([[[f"{10**50 + 1}/7", *[1] * 29]] * 20])
    file = tmp_path / "page.html"
    file.write_text(explore_page(theta.fiber, weights=theta), encoding="utf-8")
    open_page(tab, file.as_uri())
    rows = tab.locator(".entries tr").all()
    cells = rows[0].locator("td").all_text_contents()
    assert (len(rows), len(cells)) == (17, 17)
    assert (cells[0], cells[-1]) == ("1000000000000000…000001/7", "…")
    assert rows[-1].locator("td").all_text_contents() == ["⋮"] * 16 + ["…"]
    copied = json.loads(tab.evaluate("() => asWeightsFile(chosen)"))
    assert Weights(copied["weights"]) == theta
    tab.goto("about:blank")


def test_many_strata_open_and_answer_quickly(browser: Any, large_page: str, tmp_path: Path) -> None:
    """On the main thread, in CPU seconds: another program that is running does not count."""
    file = tmp_path / "page.html"
    file.write_text(large_page, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    drawn = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    start = busy()
    open_page(page, file.as_uri())
    page.evaluate(drawn)
    opened = busy()
    assert 0.01 < opened - start < 1
    page.evaluate("() => go(strata[300])")
    wait_for(page, page.evaluate("() => strata[300].barcode"))
    page.evaluate(drawn)
    assert 0.001 < busy() - opened < 0.2
    page.close()
