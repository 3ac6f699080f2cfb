// Counts a what-if again as soon as a vote is changed. The server counts; without script the button asks it.

const WAIT = 250;
const NEXT = { yes: "no", no: "abstain", abstain: "non_voting", non_voting: "yes" };

class WhatIf extends HTMLElement {
  connectedCallback() {
    this.classList.add("live");
    this.addEventListener("submit", (event) => { event.preventDefault(); this.count(); });
    this.addEventListener("change", (event) => {
      if (event.target.closest("form") && event.target.name !== "vote") this.later();
    });
    this.addEventListener("click", (event) => {
      const tile = event.target.closest(".tile[data-state]");
      if (tile) this.turn(tile);
      else if (event.target.closest("a.plain")) { event.preventDefault(); this.count(new URLSearchParams()); }
    });
    const map = this.querySelector('[data-part="map"]');
    if (map) {
      const told = document.createElement("p");
      told.className = "soft";
      told.textContent = this.getAttribute("label");
      map.before(told);
    }
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.count(), WAIT);
  }

  asked() {
    const asked = new URLSearchParams();
    const form = new FormData(this.querySelector("form"));
    const votes = form.getAll("vote");
    form.getAll("state").forEach((state, at) => { if (state.trim()) asked.append("set", `${state.trim()}=${votes[at]}`); });
    for (const [name, value] of form) {
      if (value && !["state", "vote"].includes(name)) asked.append(name, value);
    }
    return asked;
  }

  // A tile goes on to its next vote.
  turn(tile) {
    const now = ["yes", "no", "abstain", "non_voting"].find((choice) => tile.classList.contains(choice));
    if (!now) return;
    const asked = this.asked();
    const kept = asked.getAll("set").filter((word) => !word.startsWith(`${tile.dataset.state}=`));
    asked.delete("set");
    [...kept, `${tile.dataset.state}=${NEXT[now]}`].forEach((word) => asked.append("set", word));
    this.count(asked);
  }

  async count(asked = this.asked()) {
    clearTimeout(this.timer);
    const address = this.getAttribute("address") + (asked.size ? `?${asked}` : "");
    const result = this.querySelector('[data-part="result"]');
    const focused = document.activeElement?.id;
    result.setAttribute("aria-busy", "true");
    this.asking?.abort();
    this.asking = new AbortController();
    let answer;
    try {
      answer = await fetch(address, { headers: { accept: "text/html" }, signal: this.asking.signal });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    result.removeAttribute("aria-busy");
    if (!answer.ok) {
      result.replaceChildren(...[found.querySelector("main .lead")].filter(Boolean).map((node) => document.adoptNode(node)));
      return;
    }
    for (const part of this.querySelectorAll("[data-part]")) {
      const other = found.querySelector(`what-if [data-part="${part.dataset.part}"]`);
      if (other) part.replaceChildren(...[...other.childNodes].map((node) => document.adoptNode(node)));
    }
    if (focused) document.getElementById(focused)?.focus();
    if (this.hasAttribute("page")) history.replaceState(null, "", address);
  }
}

customElements.define("what-if", WhatIf);
