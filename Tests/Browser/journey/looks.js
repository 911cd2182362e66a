// What is asked of a page that stands in the browser.
const looks = {
  describe(element) {
    if (!element || element === document.body) { return "nothing"; }
    const name = element.id ? `#${element.id}` : element.name ? `[name=${element.name}]` : "";
    const words = (element.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}${name} "${words}"`;
  },

  isSeen(element) {
    return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  },

  // What the page does not show without scrolling sideways. A table may scroll in a frame of its own.
  wide() {
    const limit = document.documentElement.clientWidth;
    const over = document.scrollingElement.scrollWidth - limit;
    if (over <= 0) { return []; }
    const out = [...document.body.querySelectorAll("*")].filter((element) =>
      element.getBoundingClientRect().right > limit + 0.5 && !element.closest(".wide table, .unseen"));
    return [`${over} px too wide: ${out.slice(-3).map(looks.describe).join(", ")}`];
  },

  // Words that are cut off by the box that they are in.
  clipped() {
    return [...document.body.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      if (element.closest(".unseen") || !["hidden", "clip"].includes(style.overflowY)) { return false; }
      return element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0;
    }).map((element) => `${looks.describe(element)} is cut off`);
  },

  // What the key Tab stops at, in the order of the document.
  stops() {
    const groups = new Set();
    return [...document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, [tabindex]")].filter((element) => {
      if (element.disabled || element.type === "hidden" || element.tabIndex < 0) { return false; }
      if (!looks.isSeen(element)) { return false; }
      if (element.type !== "radio") { return true; }
      const all = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
      const stop = all.find((one) => one.checked) || all[0];
      if (groups.has(element.name) || element !== stop) { return false; }
      groups.add(element.name);
      return true;
    });
  },

  // What is wrong with how the focus shows where it is.
  focus() {
    const element = document.activeElement;
    const faults = [];
    const style = getComputedStyle(element);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!hasOutline && style.boxShadow === "none") {
      faults.push(`${looks.describe(element)} does not show that it has the focus`);
    }
    const box = element.getClientRects()[0];
    if (!box || box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) {
      return faults.concat(`${looks.describe(element)} has the focus and is out of sight`);
    }
    const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
    const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
    const front = document.elementFromPoint(x, y);
    const isOwn = front && (element.contains(front) || front.contains(element)
      || [...(element.labels || [])].some((label) => label.contains(front)));
    if (!isOwn) { faults.push(`${looks.describe(element)} has the focus behind ${looks.describe(front)}`); }
    return faults;
  },

  // Whether Tab came to the element, and what is wrong there.
  stoppedAt(element) {
    const now = document.activeElement;
    return now === element ? { isThere: true, faults: looks.focus() }
      : { isThere: false, faults: [`Tab leads to ${looks.describe(now)}, not to ${looks.describe(element)}`] };
  },

  // Marks in the page's own words that lead nowhere, or twice to the same place.
  references() {
    const faults = [];
    const ids = new Map();
    for (const element of document.querySelectorAll("[id]")) {
      ids.set(element.id, (ids.get(element.id) || 0) + 1);
    }
    for (const [id, count] of ids) { if (count > 1) { faults.push(`${count} elements are #${id}`); } }
    for (const [mark, css] of [["for", "label[for]"], ["aria-describedby", "[aria-describedby]"],
      ["aria-labelledby", "[aria-labelledby]"]]) {
      for (const element of document.querySelectorAll(css)) {
        for (const id of element.getAttribute(mark).split(/\s+/)) {
          if (!ids.has(id)) { faults.push(`${looks.describe(element)}: no #${id} (${mark})`); }
        }
      }
    }
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      if (!ids.has(link.getAttribute("href").slice(1))) { faults.push(`no ${link.getAttribute("href")}`); }
    }
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) { faults.push(`${headings} headings of the first level`); }
    if (document.querySelector("[style], style, [onclick]")) { faults.push("something is styled or scripted inline"); }
    return faults;
  },
};
