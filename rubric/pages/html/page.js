// The scorecard, made handier: without this script everything is there to be read and opened.
(() => {
  "use strict";
  const root = document.documentElement;
  const one = (choice, inside = document) => inside.querySelector(choice);
  const all = (choice, inside = document) => [...inside.querySelectorAll(choice)];
  const leaves = all(".leaf");
  const by = id => id && document.getElementById(id);
  for (const each of all(".switches, .tools, .keys")) each.hidden = false;

  // ------------------------------------------------------------------ language, light and dark, paper
  const speak = language => {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en-GB";
    document.title = language === "zh" ? root.dataset.titleZh : root.dataset.titleEn;
    show();
  };
  one("#to-lang").addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));

  const dark = one("#to-theme");
  const prefers = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : prefers.matches;
  const press = () => dark.setAttribute("aria-pressed", String(isDark()));
  dark.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; press(); });
  prefers.addEventListener("change", press);
  press();

  one("#to-print").addEventListener("click", () => print());
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of closed) each.open = false; });

  // ------------------------------------------------------------------ which indicators are shown
  const find = one("#find"), found = one("#found"), none = one("#none");
  const rows = leaves.map(leaf => ({
    leaf, kinds: leaf.dataset.kinds.split(" "),
    said: [one(".name", leaf), one(".why", leaf)].map(each => each.textContent).join(" ").toLowerCase(),
  }));
  function show() {
    const kind = one("input[name=show]:checked").value;
    const wanted = find.value.trim().toLowerCase();
    let number = 0;
    for (const { leaf, kinds, said } of rows) {
      leaf.hidden = !kinds.includes(kind) || !said.includes(wanted);
      if (!leaf.hidden) number += 1;
    }
    // A level without a line that is shown has nothing to say.
    for (const each of all("section.level")) each.hidden = !one(".leaf:not([hidden])", each);
    none.hidden = number > 0;
    found.textContent = number + " / " + rows.length;
  }
  for (const each of all("input[name=show]")) each.addEventListener("change", show);
  find.addEventListener("input", show);
  show();
  one("#open-all").addEventListener("click", () => {
    const seen = leaves.filter(each => !each.hidden);
    const open = !seen.every(each => each.open);
    for (const each of seen) each.open = open;
  });

  // ------------------------------------------------------------------ from a point to its fact, its sentence, and back
  const light = ids => {
    for (const each of all(".lit")) each.classList.remove("lit");
    for (const id of ids) {
      for (const each of all(`.said[data-of~="${id}"], li[data-fact="${id}"], .fact#${id}`)) each.classList.add("lit");
    }
  };
  // Bring a part into view: whatever hides it is opened, and it takes the focus.
  const go = part => {
    for (let each = part; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
      if (each.hidden) { one("input[name=show]").checked = true; find.value = ""; show(); }
    }
    part.scrollIntoView({ block: part.matches(".ledger") ? "start" : "center" });
    const focus = part.matches(".ledger") ? one("summary", part.parentElement) : part;
    if (!focus.matches("a, summary, [tabindex]")) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  };
  // Where a sentence leads: to the fact inside the indicator that uses it, or to the indicator that claims it.
  const target = id => one(`li[data-fact="${id}"]`) || by(id);
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const part = by(link.hash.slice(1));
    if (!part || link.matches(".skip")) return;
    event.preventDefault();
    history.pushState(null, "", link.hash);
    if (link.matches(".said")) {
      // A sentence that tells several things leads to them in turn.
      const ids = link.dataset.of.split(" ");
      const turn = Number(link.dataset.turn || 0) % ids.length;
      link.dataset.turn = turn + 1;
      light(ids);
      go(target(ids[turn]));
    } else {
      light(link.dataset.of ? [link.dataset.of] : [part.id]);
      go(part);
    }
  });
  const arrive = () => { const part = by(location.hash.slice(1)); if (part) go(part); };
  addEventListener("popstate", arrive);
  if (location.hash) arrive();

  // ------------------------------------------------------------------ keys
  const step = (from, by) => {
    const seen = all("summary").filter(each => each.parentElement.matches(".leaf") && each.offsetParent);
    const at = seen.indexOf(from) + by;
    if (seen[at]) seen[at].focus();
  };
  document.addEventListener("keydown", event => {
    const on = document.activeElement;
    const typing = on.matches("input[type=search]");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && typing) {
      find.value = "";
      show();
      find.blur();
    } else if (event.key === "Escape") {
      const open = on.closest("details[open]");
      if (!open) return;
      open.open = false;
      one("summary", open).focus();
    } else if (on.matches(".leaf > summary") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(on, event.key === "ArrowDown" ? 1 : -1);
    } else if (on.matches(".leaf > summary") && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      on.parentElement.open = event.key === "ArrowRight";
    } else if (typing && event.key === "ArrowDown") {
      event.preventDefault();
      step(null, 1);
    }
  });
})();
