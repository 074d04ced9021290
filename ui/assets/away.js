// The server cannot be reached: told in Chinese, with what to do. The framework's own words are English, and hidden.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("words").textContent);
  const OWN = "/gradio_api/";
  const banner = document.createElement("div");
  banner.id = "away";
  banner.hidden = true;
  banner.setAttribute("role", "alert");
  const text = document.createElement("p");
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "action";
  retry.textContent = words.retry;
  retry.addEventListener("click", () => location.reload());
  banner.append(text, retry);

  const tell = (away) => {
    if (away === !banner.hidden) return;
    banner.hidden = !away;
    text.replaceChildren();
    if (!away) return;
    const title = document.createElement("strong");
    title.textContent = words.away;
    text.append(title, document.createElement("br"), words.awayMore);
  };
  const fetched = window.fetch;
  window.fetch = async (...given) => {
    const address = String(given[0] && given[0].url || given[0]);
    try {
      const answer = await fetched(...given);
      if (address.includes(OWN)) tell(answer.status >= 502);
      return answer;
    } catch (error) {
      if (address.includes(OWN) && !(error && error.name === "AbortError")) tell(true);
      throw error;
    }
  };
  addEventListener("offline", () => tell(true));
  addEventListener("online", () => tell(false));
  const attach = () => document.body.append(banner);
  if (document.body) attach(); else document.addEventListener("DOMContentLoaded", attach);
})();
