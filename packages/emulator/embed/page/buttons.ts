import { say, send } from "./send.ts";

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => say("Copied"),
    () => say("The browser did not allow copying", true),
  );
}

function pressed(button: HTMLButtonElement): void {
  const { copy: copied, route, method = "POST", body = "{}", confirm: question } = button.dataset;
  if (copied !== undefined) {
    copy(copied);
    return;
  }
  if (route === undefined || (question !== undefined && !confirm(question))) return;
  void send(route, method, JSON.parse(body), `Done: ${button.textContent}`);
}

export function startButtons(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button) pressed(button);
  });
}
