"use strict";
// The sliders look answers up in a grid that was computed with the report; nothing is sent anywhere.
(function () {
  const holder = document.getElementById("grid");
  if (holder) {
    const grid = JSON.parse(holder.textContent);
    const inputs = grid.labels.map((_, axis) => document.getElementById("slider-" + axis));
    const outputs = grid.labels.map((_, axis) => document.getElementById("value-" + axis));
    const show = function () {
      const places = inputs.map((input) => Number(input.value));
      places.forEach((place, axis) => { outputs[axis].textContent = grid.labels[axis][place]; });
      const row = places.reduce((found, place, axis) => found * grid.labels[axis].length + place, 0);
      const shares = grid.shares[row];
      let best = 0;
      shares.forEach((share, k) => {
        if (share > shares[best]) { best = k; }
        document.getElementById("live-fill-" + k).style.width = (100 * share).toFixed(1) + "%";
        document.getElementById("live-value-" + k).textContent = grid.words[row][k];
      });
      document.getElementById("live-best").textContent = grid.options[best];
    };
    inputs.forEach((input) => input.addEventListener("input", show));
    document.getElementById("reset").addEventListener("click", function () {
      inputs.forEach((input) => { input.value = 0; });
      show();
    });
    show();
  }
  // A number stays on one line with its unit, and a day with itself.
  const whole = /\d{4}-\d{2}-\d{2}|\d[\d.,]* (?:%|points?|draws|million)/g;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const torn = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.closest("script, style, svg, code, pre, td.number, td.day") && whole.test(node.data)) {
      torn.push(node);
    }
    whole.lastIndex = 0;
  }
  torn.forEach(function (node) {
    const mended = document.createDocumentFragment();
    let from = 0;
    for (const match of node.data.matchAll(whole)) {
      const kept = document.createElement("span");
      kept.className = "whole";
      kept.textContent = match[0];
      mended.append(node.data.slice(from, match.index), kept);
      from = match.index + match[0].length;
    }
    mended.append(node.data.slice(from));
    node.replaceWith(mended);
  });
  const open = function () {
    const target = location.hash && document.querySelector(location.hash);
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
  });
})();
