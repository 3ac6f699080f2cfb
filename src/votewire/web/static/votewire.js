// Makes what the server drew interactive, at the reader's wish; every page is whole without it.

const script = document.querySelector("script[data-vega]");

// Gives a chart for a phone, whose plots all have one width, what its box has beside names and axes.
async function fill(view, box) {
  const drawn = box.querySelector("canvas").clientWidth;
  await view.width(view.width() + box.clientWidth - drawn).runAsync();
}

class VoteChart extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = this.getAttribute("label");
    button.addEventListener("click", () => this.explore(button));
    this.append(button);
  }

  async explore(button) {
    button.disabled = true;
    const narrow = matchMedia("(max-width: 40rem)").matches; // as in parts.html and style.css
    const [{ embed }, answer] = await Promise.all([
      import(script.dataset.vega),
      fetch(this.getAttribute(narrow ? "narrow" : "spec")),
    ]);
    const place = document.createElement("div");
    place.className = "drawn";
    // Expressions are interpreted, not compiled: the site's policy forbids the evaluation of text.
    const { view } = await embed(place, await answer.json(), {
      actions: false, ast: true, renderer: "canvas", defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    });
    this.querySelector("picture").replaceWith(place);
    if (narrow) await fill(view, place);
    button.remove();
  }
}

// In the box for words and articles the return key sends what is one line; more lines are an article.
class SearchBox extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("textarea");
    box.addEventListener("keydown", (event) => {
      const words = !box.value.includes("\n") && box.value.length <= 300;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !words) return;
      event.preventDefault();
      this.querySelector("form").requestSubmit();
    });
  }
}

customElements.define("vote-chart", VoteChart);
customElements.define("search-box", SearchBox);
