// What the pages gain where scripts are allowed; everything also works without.
"use strict";

// keys: an element with data-hotkey is followed or chosen by that key, outside of text fields
// unless single keys are switched off: software for speech and slips of the hand press them too (WCAG 2.1.4)
document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.shortcuts === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest("input:not([type=radio]):not([type=checkbox]):not([type=range]), select, textarea");
  if (field) return;
  const found = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
  if (found) {
    event.preventDefault();
    if (found.matches("input[type=radio]")) {
      found.checked = true;
      found.focus();
    } else {
      found.click();
    }
    return;
  }
  const form = document.querySelector("form.answer");
  if (event.key === "Enter" && form && event.target.matches("input[type=radio], body, main")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// files dropped onto the page
const drop = document.getElementById("drop");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      drop.requestSubmit();
    }
  });
}

// something has arrived: show the page anew, but not while somebody is typing
const collecting = document.getElementById("collect-live");
if (collecting) {
  const source = new EventSource(collecting.dataset.events);
  source.onmessage = () => {
    source.close();
    const field = document.activeElement;
    if (!field || !field.matches("input[name=person]")) location.assign("/collect");
    else field.addEventListener("blur", (event) => field.form.contains(event.relatedTarget) || location.assign("/collect"));
  };
}

// how far the run is
const running = document.getElementById("run-live");
if (running) {
  const source = new EventSource(running.dataset.events);
  const bar = document.getElementById("progress");
  source.onmessage = (event) => {
    const facts = JSON.parse(event.data);
    document.getElementById("progress-text").textContent = facts.text;
    if (facts.total) {
      bar.max = facts.total;
      bar.value = facts.done;
    }
    if (!facts.running) {
      source.close();
      location.assign("/");
    }
  };
}

// two banners: side by side, at full width, one over the other, blinking, or the differences outlined
for (const compare of document.querySelectorAll("[data-compare]")) {
  const modes = compare.querySelector(".modes");
  const slide = compare.querySelector(".slide");
  const pair = compare.querySelector(".pair");
  const ours = compare.querySelector(".ours");
  const differences = compare.querySelector("figure.differences");
  let blinking = 0;
  modes.hidden = false;
  const show = (mode) => {
    clearInterval(blinking);
    ours.style.opacity = ours.style.visibility = "";
    for (const one of ["beside", "over", "blink"]) compare.classList.toggle(one, one === mode);
    slide.hidden = mode !== "over";
    pair.hidden = mode === "differences";
    differences.hidden = mode !== "differences";
    if (mode === "over") ours.style.opacity = slide.querySelector("input").value / 100;
    if (mode === "blink") {
      blinking = setInterval(() => {
        ours.style.visibility = ours.style.visibility === "hidden" ? "" : "hidden";
      }, 800);
    }
    const picture = differences.querySelector("img");
    if (mode === "differences" && !picture.src) picture.src = picture.dataset.src;
    for (const button of modes.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
  };
  modes.addEventListener("click", (event) => event.target.dataset.mode && show(event.target.dataset.mode));
  slide.addEventListener("input", () => show("over"));
}
