/* Progress without reloading: asks for a fragment again while a machine is at work. */

const INTERVAL = 1000;
const SLOWEST = 15000;

class Progress extends window.StimulusModule.Controller {
  static values = { url: String, reload: Boolean };

  connect() {
    this.wait = INTERVAL;
    this.schedule();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  get isActive() {
    return this.element.querySelector('[data-newsroom-active]') !== null;
  }

  schedule() {
    clearTimeout(this.timer);
    if (this.isActive) {
      this.timer = setTimeout(() => this.refresh(), this.wait);
    }
  }

  async refresh() {
    const wasActive = this.isActive;
    try {
      const answer = await fetch(this.urlValue, { credentials: 'same-origin' });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.show(await answer.text());
      this.wait = INTERVAL;
      if (wasActive && !this.isActive && this.reloadValue) window.location.reload();
    } catch (error) {
      /* The line is down or the session ended: ask less and less often, but keep asking. */
      this.wait = Math.min(this.wait * 2, SLOWEST);
    }
    this.schedule();
  }

  show(html) {
    /* Only what changed is touched, so that focus and a reader's place are kept. */
    if (html === this.shown) return;
    this.shown = html;
    const focused = this.element.contains(document.activeElement);
    this.element.innerHTML = html;
    if (focused) {
      this.element.setAttribute('tabindex', '-1');
      this.element.focus({ preventScroll: true });
    }
  }

  async start(event) {
    event.preventDefault();
    const { locale, url } = event.params;
    const token = document.querySelector('[name=csrfmiddlewaretoken]');
    event.currentTarget.setAttribute('aria-disabled', 'true');
    const body = new FormData();
    body.append('csrfmiddlewaretoken', token ? token.value : '');
    body.append('locale', locale);
    body.append('fragment', '1');
    try {
      const answer = await fetch(url, { method: 'POST', body, credentials: 'same-origin' });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.show(await answer.text());
      this.wait = INTERVAL;
      this.schedule();
    } catch (error) {
      /* The page behind the link says what is wrong. */
      window.location.assign(url);
    }
  }
}

window.wagtail.app.register('newsroom-progress', Progress);
