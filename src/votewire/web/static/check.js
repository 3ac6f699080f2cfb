// A file may be dropped on the form, its state is told, and keys lead from claim to claim.

class CheckForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.file = this.querySelector("input[type=file]");
    this.status = this.querySelector("[role=status]");
    for (const kind of ["dragenter", "dragover"]) {
      this.addEventListener(kind, (event) => this.hold(event));
    }
    this.addEventListener("dragleave", () => this.classList.remove("over"));
    this.addEventListener("drop", (event) => this.drop(event));
    this.form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("pageshow", () => this.rest());
  }

  hold(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.classList.add("over");
  }

  drop(event) {
    this.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.file.files = event.dataTransfer.files;
    this.form.requestSubmit();
  }

  send(event) {
    const [file] = this.file.files;
    const text = this.querySelector("textarea").value;
    const size = file ? file.size : new Blob([text]).size;
    if (size > Number(this.getAttribute("most"))) {
      event.preventDefault();
      this.status.textContent = this.getAttribute("large");
      return;
    }
    this.status.textContent = this.getAttribute("busy");
    this.form.setAttribute("aria-busy", "true");
  }

  rest() {
    this.status.textContent = "";
    this.form.removeAttribute("aria-busy");
  }
}

// The keys answer only while the focus is in the article, where it is put once the page is there.
class CheckedArticle extends HTMLElement {
  connectedCallback() {
    this.claims = [...this.querySelectorAll("a.number")];
    if (!this.claims.length) return;
    const bar = document.createElement("p");
    bar.className = "jumps";
    bar.append(this.button("previous", -1), this.button("next", 1));
    this.prepend(bar);
    this.addEventListener("keydown", (event) => this.press(event));
    if (!location.hash) bar.lastChild.focus({ preventScroll: true });
  }

  button(name, step) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = this.getAttribute(name);
    made.addEventListener("click", () => this.go(step));
    return made;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.go(step);
  }

  go(step) {
    const from = this.claims.indexOf(document.activeElement);
    const at = from < 0 ? this.at ?? (step > 0 ? -1 : this.claims.length) : from;
    this.at = (at + step + this.claims.length) % this.claims.length;
    this.claims[this.at].focus({ preventScroll: true });
    this.claims[this.at].scrollIntoView({ block: "center" });
  }
}

customElements.define("check-form", CheckForm);
customElements.define("checked-article", CheckedArticle);
