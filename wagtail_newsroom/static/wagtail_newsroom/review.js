/* The review: texts are written where they stand, and saved while they are written.

   What is typed is never lost: it waits in this browser until the server has it. What somebody
   else wrote in the meantime is shown beside it, and a person chooses. */

const WAIT = 800;
const SLOWEST = 30000;
const KEEPS = 'newsroom-review';
/* How often the others are asked after, and how often while a machine is at work on a passage. */
const LISTEN = 10000;
const LISTEN_CLOSELY = 2000;
const MOST_AT_ONCE = 20;
/* So many rows are put in before keys and clicks are heard again. */
const ROWS_AT_ONCE = 20;
/* The tags that wagtail-localize stores, by how browsers may write them. */
const TAGS = { A: 'a', ABBR: 'abbr', ACRONYM: 'acronym', B: 'b', CODE: 'code', EM: 'em', I: 'i', STRONG: 'strong' };
const BLOCKS = new Set(['P', 'DIV', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'TR', 'BLOCKQUOTE']);
const SILENT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'HEAD', 'TITLE']);

const table = document.querySelector('[data-newsroom-review]');

/* Numbers as the admin's language writes them. */
const localDigits = (number) => new Intl.NumberFormat(document.documentElement.lang || 'en').format(number);

const escape = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/* From the page to what is stored. `known` are the ids of links that may stand there; in a
   plain text there are no tags but line breaks. */
function serialize(node, { isRich, known }) {
  let out = '';
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      out += escape(child.data).replace(/\r?\n/g, '<br/>');
    } else if (child.nodeType === Node.ELEMENT_NODE && !SILENT.has(child.tagName)) {
      const inner = serialize(child, { isRich, known });
      const name = isRich ? TAGS[child.tagName] : undefined;
      if (child.tagName === 'BR') out += '<br/>';
      else if (name === 'a') {
        const id = child.dataset.id || '';
        out += known.has(id) && inner ? `<a id="${id}">${inner}</a>` : inner;
      } else if (name) out += inner ? `<${name}>${inner}</${name}>` : '';
      else if (BLOCKS.has(child.tagName) && out && inner) out += ` ${inner}`;
      else out += inner;
    }
  }
  return out;
}

/* A text as the server stores it, as far as spaces go. */
const even = (text) => text.replace(/[ \t\r\n]+/g, ' ').trim();

const idsIn = (root) => new Set([...root.querySelectorAll('a[data-id]')].map((link) => link.dataset.id));

/* From what is stored to the page, by building: nothing of the text is read as other markup. */
function build(fragment) {
  const safe = fragment.replace(/<a id="/g, '<a data-id="');
  const parsed = new DOMParser().parseFromString(`<body>${safe}`, 'text/html').body;
  const copy = (node, into) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) into.append(child.data);
      else if (child.tagName === 'BR') into.append(document.createElement('br'));
      else if (TAGS[child.tagName]) {
        const made = document.createElement(TAGS[child.tagName]);
        if (child.dataset.id) made.dataset.id = child.dataset.id;
        copy(child, made);
        into.append(made);
      } else if (child.nodeType === Node.ELEMENT_NODE && !SILENT.has(child.tagName)) copy(child, into);
    }
    return into;
  };
  return copy(parsed, document.createDocumentFragment());
}

/* Texts that the server does not have yet, one a segment, with the version they began from. */
const keeping = {
  key: (id) => `${KEEPS}-${table.dataset.newsroomReview}-${id}`,
  put(id, text, version) {
    try {
      localStorage.setItem(this.key(id), JSON.stringify({ text, version, at: Date.now() }));
    } catch {
      /* Full or forbidden; the page still holds the text and warns before it is left. */
    }
  },
  get(id) {
    try {
      return JSON.parse(localStorage.getItem(this.key(id)));
    } catch {
      return null;
    }
  },
  drop(id) {
    try {
      localStorage.removeItem(this.key(id));
    } catch {
      /* Nothing was kept then. */
    }
  },
};

class Segment {
  constructor(row, review) {
    this.row = row;
    this.review = review;
    this.id = row.dataset.newsroomRow;
    this.url = row.dataset.url;
    this.editor = row.querySelector('[data-newsroom-editor]');
    this.version = this.editor.dataset.version;
    this.isRich = 'rich' in this.editor.dataset;
    this.wait = WAIT;
    this.sending = null;
    this.conflict = null;
    this.isDirty = false;
    this.pending = false;
    this.turn = 0;
  }

  get known() {
    const known = idsIn(this.row.querySelector('.newsroom-row__source'));
    for (const id of idsIn(this.editor)) known.add(id);
    return known;
  }

  get text() {
    return serialize(this.editor, { isRich: this.isRich, known: this.known });
  }

  open() {
    const { editor } = this;
    editor.setAttribute('contenteditable', this.isRich ? 'true' : 'plaintext-only');
    if (editor.contentEditable === 'inherit') editor.setAttribute('contenteditable', 'true');
    editor.setAttribute('role', 'textbox');
    editor.setAttribute('aria-multiline', 'true');
    const kind = document.getElementById(`newsroom-kind-${this.id}`);
    if (kind) editor.setAttribute('aria-labelledby', kind.id);
    else editor.setAttribute('aria-label', editor.lang);
    editor.setAttribute('aria-describedby', `newsroom-source-${this.id}`);
    const none = this.row.querySelector('[data-newsroom-none]');
    if (none && !none.hidden) editor.dataset.placeholder = none.textContent;
    const kept = keeping.get(this.id);
    if (kept && even(kept.text) !== even(this.text)) this.offer(kept);
    else if (kept) keeping.drop(this.id);
  }

  tell(key) {
    this.say(this.review.messages[key] || '');
  }

  say(message) {
    const status = this.row.querySelector('[data-newsroom-status]');
    if (status.textContent !== message) status.textContent = message;
  }

  changed() {
    this.isDirty = true;
    keeping.put(this.id, this.text, this.version);
    if (!this.conflict) this.later(WAIT);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /* Saves what is written now; resolves when there is nothing left to be sent, or it must wait. */
  async save() {
    clearTimeout(this.timer);
    if (this.sending) {
      await this.sending;
      return this.isDirty && !this.conflict && !this.isWaiting ? this.save() : undefined;
    }
    if (!this.isDirty || this.conflict) return undefined;
    this.sending = this.send().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async send() {
    const { text } = this;
    this.turn += 1;
    this.isDirty = false;
    this.isWaiting = false;
    this.tell('saving');
    let answer;
    try {
      answer = await this.review.post(this.url, { action: 'save', text, version: this.version });
    } catch {
      this.isDirty = true;
      this.isWaiting = true;
      this.tell(navigator.onLine === false ? 'offline' : 'failed');
      this.wait = Math.min(this.wait * 2, SLOWEST);
      this.later(this.wait);
      return;
    }
    this.wait = WAIT;
    switch (answer.status) {
      case 'saved':
        this.apply(answer, text);
        if (!this.isDirty) keeping.drop(this.id);
        else this.later(WAIT);
        this.tell('saved');
        break;
      case 'conflict':
        this.isDirty = true;
        this.show(answer);
        break;
      case 'forbidden':
        this.isDirty = true;
        this.isWaiting = true;
        this.tell('signedOut');
        break;
      case 'busy':
        this.isDirty = true;
        this.isWaiting = true;
        this.tell('failed');
        this.wait = Math.min(this.wait * 2, SLOWEST);
        this.later(this.wait);
        break;
      default:
        /* Not to be stored so; it stays here until the person mends it. */
        this.isDirty = true;
        this.isWaiting = true;
        this.say(answer.message || this.review.messages.failed);
    }
  }

  /* Takes over what the server has; the text itself only where nobody writes on. */
  apply(answer, sent) {
    this.turn += 1;
    const isOther = this.version !== answer.version;
    const isFocused = document.activeElement === this.editor;
    this.version = answer.version;
    const isSame = this.text === sent;
    if (sent === undefined ? isOther || !isFocused : isSame && !isFocused) this.put(answer.html);
    if (!isSame && sent !== undefined) this.isDirty = true;
    if (this.isDirty) keeping.put(this.id, this.text, this.version);
    this.row.classList.toggle('newsroom-review__missing', answer.isMissing);
    this.row.dataset.errors = answer.errors;
    const none = this.row.querySelector('[data-newsroom-none]');
    if (none) none.hidden = !answer.isMissing || this.editor.textContent !== '';
    this.row.querySelector('[data-newsroom-origin]').innerHTML = answer.origin;
    const findings = this.row.querySelector('[data-newsroom-findings]');
    if (findings.innerHTML.trim() !== answer.findings) findings.innerHTML = answer.findings;
    this.row.toggleAttribute('data-approved', answer.isApproved);
    this.fillMargin(answer);
    this.review.count(answer);
  }

  get margin() {
    return this.row.querySelector('[data-newsroom-margin]');
  }

  /* Comments and suggestions; what somebody writes there at the moment stays. */
  fillMargin(answer) {
    const { margin } = this;
    const isWritten = [...margin.querySelectorAll('textarea')].some((area) => area.value.trim());
    if (isWritten) {
      this.pending = true;
      return;
    }
    this.row.dataset.mark = answer.mark;
    if (margin.innerHTML.trim() !== answer.margin) {
      const had = margin.contains(document.activeElement);
      margin.innerHTML = answer.margin;
      if (had) this.editor.focus({ preventScroll: true });
    }
    if (answer.isWaiting) this.review.listenSoon();
  }

  /* Somebody else, or a machine, changed something here: read it. A text that a person stands in
     is left until they leave it; what is beside it may change. */
  async catchUp() {
    if (this.isDirty || this.sending || this.conflict) return;
    const { turn, version } = this;
    const answer = await this.review.read(this.url).catch(() => null);
    /* What was saved here in the meantime is newer than this answer. */
    if (!answer || this.turn !== turn || this.isDirty || this.sending || this.conflict) return;
    const isOther = answer.version !== version;
    if (isOther && document.activeElement === this.editor) {
      if (!this.pending) this.tell('waiting');
      this.pending = true;
      return;
    }
    this.pending = false;
    this.apply(answer);
    if (isOther) this.tell('changed');
  }

  async openMargin() {
    await this.save();
    const answer = await this.review.read(`${this.url}?open=1`).catch(() => null);
    if (!answer) return false;
    this.margin.innerHTML = answer.margin;
    this.margin.querySelector('textarea')?.focus();
    return true;
  }

  put(html) {
    if (this.editor.innerHTML !== html) this.editor.replaceChildren(build(html));
  }

  /* Somebody was faster: both texts, and the person chooses. Nothing is sent until then. */
  show(answer) {
    this.conflict = answer;
    this.say('');
    this.panel('[data-newsroom-conflict-template]', {
      message: this.review.messages.conflict,
      by: answer.by,
      theirs: answer.html,
      mine: this.text,
      keep: () => {
        this.conflict = null;
        this.version = answer.version;
        this.isDirty = true;
        this.save();
      },
      take: () => {
        this.conflict = null;
        this.isDirty = false;
        keeping.drop(this.id);
        this.apply(answer);
        this.say('');
      },
    });
  }

  /* A text from an earlier visit that never reached the server. */
  offer(kept) {
    this.panel('[data-newsroom-kept-template]', {
      message: this.review.messages.keptText,
      mine: kept.text,
      keep: () => {
        /* Built as it was written, not pasted: links stay. Its version tells of a conflict. */
        this.editor.replaceChildren(build(kept.text));
        this.version = kept.version;
        this.isDirty = true;
        this.save();
      },
      take: () => keeping.drop(this.id),
    });
  }

  panel(template, { message, by, theirs, mine, keep, take }) {
    const place = this.row.querySelector('[data-newsroom-conflict]');
    const panel = document.querySelector(template).content.cloneNode(true);
    panel.querySelector('[data-message]').textContent = message;
    if (panel.querySelector('[data-by]')) panel.querySelector('[data-by]').textContent = by || '';
    if (panel.querySelector('[data-theirs]')) panel.querySelector('[data-theirs]').append(build(theirs));
    panel.querySelector('[data-mine]').append(build(mine));
    const close = (then) => () => {
      place.hidden = true;
      place.replaceChildren();
      then();
      this.editor.focus();
    };
    panel.querySelector('[data-keep]').addEventListener('click', close(keep));
    panel.querySelector('[data-take]').addEventListener('click', close(take));
    place.replaceChildren(panel);
    place.hidden = false;
  }

  /* A fix, tidying, a dismissal or a near match: on the stored text, so what is written goes first. */
  async mend(fields) {
    await this.save();
    if (this.isDirty || this.conflict) return;
    let answer;
    try {
      /* The version of now: what was written has just been saved. */
      answer = await this.review.post(this.url, { ...fields, version: this.version });
    } catch {
      this.tell('undone');
      return;
    }
    if (answer.status === 'saved') {
      /* What was asked is done, so nothing that was typed in the margin is lost. */
      if (fields.action === 'comment') this.margin.replaceChildren();
      this.apply(answer);
      /* The piece stands elsewhere now, and its buttons with it; the page says so. */
      if (answer.isWhole) window.location.reload();
      else this.say(answer.message || this.review.messages.saved);
    } else this.say(answer.message || this.review.messages.signedOut);
    return answer.status === 'saved';
  }

  /* A text that was missing or approved has its button only when what was written is stored. */
  async approve() {
    await this.save();
    if (this.isDirty || this.conflict) return false;
    if (!this.row.querySelector('[name=approve_passage]')) return true;
    return this.mend({ action: 'approve' });
  }
}

class Review {
  constructor() {
    this.messages = JSON.parse(document.getElementById('newsroom-messages').textContent);
    this.seen = table.dataset.seen;
    this.rows = [];
    this.segments = new Map();
    this.isPartial = false;
    this.counted = 0;
    this.turn = 0;
    this.token = document.querySelector('[name=csrfmiddlewaretoken]')?.value || '';
    this.canEdit = 'canEdit' in table.dataset;
    this.mark = table.dataset.mark;
    this.isWaiting = 'waiting' in table.dataset;
  }

  start() {
    this.beside();
    this.listen();
    document.addEventListener('submit', (event) => this.submit(event));
    document.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('click', (event) => this.click(event));
    this.take(table.querySelectorAll('[data-newsroom-row]'));
    this.meet(this.rows);
    this.whole = this.readRest();
    if (!this.canEdit) return;
    document.querySelector('[data-newsroom-with-script]').hidden = false;
    table.addEventListener('input', (event) => this.input(event));
    table.addEventListener('beforeinput', (event) => this.before(event));
    table.addEventListener('paste', (event) => this.paste(event));
    table.addEventListener('drop', (event) => {
      if (this.of(event.target)) event.preventDefault();
    });
    table.addEventListener('focusout', (event) => {
      const segment = this.of(event.target);
      if (!segment) return;
      if (event.target === segment.editor) segment.save();
      if (segment.pending) setTimeout(() => segment.catchUp());
    });
    /* The buttons of the bar must not take the caret away. */
    document.addEventListener('mousedown', (event) => {
      if (event.target.closest('.newsroom-tool')) event.preventDefault();
    });
    document.addEventListener('focusin', (event) => {
      const segment = this.of(event.target);
      if (!segment || event.target !== segment.editor) return;
      this.current = segment;
      /* Where somebody stands when the page is loaded again: the admin's own part scrolls, whose
         place browsers do not keep. */
      window.history.replaceState(window.history.state, '', `#${segment.row.id}`);
    });
    window.addEventListener('online', () => this.all((segment) => segment.save()));
    window.addEventListener('pagehide', () => this.flush());
    window.addEventListener('pageshow', (event) => {
      /* From the browser's own cache: what was flushed has made the versions old. */
      if (event.persisted) window.location.reload();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.all((segment) => segment.save());
    });
    for (const form of document.querySelectorAll('.newsroom-review__actions form')) {
      form.addEventListener('submit', (event) => this.act(event, form));
    }
  }

  /* Rows that stand in the page now can be written in. */
  take(rows) {
    for (const row of rows) {
      const segment = new Segment(row, this);
      this.rows.push(row);
      this.segments.set(row.dataset.newsroomRow, segment);
      if (this.canEdit) {
        segment.open();
        for (const tool of row.querySelectorAll('[data-newsroom-insert][hidden]')) tool.hidden = false;
      }
    }
  }

  /* A long piece comes without its last passages; these are put in a few at a time. */
  async readRest() {
    const place = table.querySelector('[data-newsroom-rest]');
    if (!place) return;
    this.isPartial = true;
    place.setAttribute('aria-busy', 'true');
    const { counted } = this;
    const answer = await this.read(place.dataset.newsroomRest, { isGone: true }).catch(() => null);
    let failure = answer?.status === 'gone' ? 'moved' : 'notRead';
    if (answer?.status === 'ok') {
      const parsed = document.createElement('template');
      parsed.innerHTML = answer.rows;
      const rows = [...parsed.content.children].filter((row) => !this.segments.has(row.dataset.newsroomRow));
      for (let done = 0; done < rows.length; done += ROWS_AT_ONCE) {
        const some = rows.slice(done, done + ROWS_AT_ONCE);
        table.tBodies[0].append(...some);
        this.take(some);
        await new Promise((resolve) => setTimeout(resolve));
      }
      /* The first and the others were read at two moments: what changed between them is asked for. */
      this.mark = '';
      /* What was saved in the meantime has told newer numbers. */
      if (this.counted === counted) this.count(answer);
      /* A passage that came or moved between the two moments may stand in neither. */
      failure = answer.keys.every((key) => this.segments.has(String(key))) ? '' : 'moved';
      if (!failure) this.finish(place, rows);
    }
    place.removeAttribute('aria-busy');
    if (failure) place.querySelector('[data-newsroom-rest-status]').textContent = this.messages[failure];
    if (failure === 'notRead') {
      const again = () => {
        this.whole = this.readRest();
      };
      window.addEventListener('online', again, { once: true });
    }
  }

  /* All passages stand here. */
  finish(place, rows) {
    this.isPartial = false;
    const had = place.contains(document.activeElement);
    place.remove();
    for (const button of document.querySelectorAll('[data-newsroom-when-whole]')) button.disabled = false;
    /* Who stood at the link stands at what it leads to. */
    if (had && rows.length) this.step(1, this.of(rows[0].previousElementSibling));
    this.meet(rows);
  }

  /* What the address leads to: the browser looked for it when it was not there, or does not look
     when the page is loaded again. */
  meet(rows) {
    const meant = rows.find((row) => `#${row.id}` === window.location.hash);
    if (meant && !table.contains(document.activeElement)) meant.scrollIntoView();
  }

  of(target) {
    const row = target.closest?.('[data-newsroom-row]');
    return row ? this.segments.get(row.dataset.newsroomRow) : undefined;
  }

  all(what) {
    for (const segment of this.segments.values()) what(segment);
  }

  async post(url, fields, { isSecond = false } = {}) {
    const body = new FormData();
    body.append('csrfmiddlewaretoken', this.token);
    body.append('seen', this.seen);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const response = await fetch(url, {
      method: 'POST',
      body,
      credentials: 'same-origin',
      headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' },
    });
    if (response.status === 403 && !isSecond) {
      /* Signing in again in another tab changes the token; reading a segment tells the new one. */
      const again = await this.read(url === table.dataset.here ? this.rows[0]?.dataset.url : url);
      if (again?.token && again.token !== this.token) {
        this.token = again.token;
        return this.post(url, fields, { isSecond: true });
      }
    }
    if (response.redirected || response.status === 403) {
      /* A page in place of an answer has nothing to say. */
      const { message } = await response.json().catch(() => ({}));
      return { status: 'forbidden', message };
    }
    if (response.status >= 500 && response.status !== 503) throw new Error(String(response.status));
    return response.json();
  }

  /* The answer; nothing where there is none, or what is asked for is gone and nobody asks for that. */
  async read(url, { isGone = false } = {}) {
    const response = await fetch(url, {
      credentials: 'same-origin',
      headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' },
    });
    if (response.redirected || !(response.ok || (isGone && response.status === 410))) return null;
    return response.json();
  }

  /* The last chance when a page goes: small requests may outlive it. */
  flush() {
    this.all((segment) => {
      if (!(segment.isDirty || segment.sending) || segment.conflict) return;
      keeping.put(segment.id, segment.text, segment.version);
      const body = new FormData();
      const { text } = segment;
      body.append('csrfmiddlewaretoken', this.token);
      body.append('action', 'save');
      body.append('text', text);
      body.append('version', segment.version);
      fetch(segment.url, {
        method: 'POST',
        body,
        keepalive: text.length < 15000,
        credentials: 'same-origin',
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      }).catch(() => {});
    });
  }

  /* One timer asks who else is there and what they changed; not while nobody looks. */
  listen() {
    this.schedule();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.hear();
    });
    window.addEventListener('pagehide', () => {
      const body = new FormData();
      body.append('csrfmiddlewaretoken', this.token);
      body.append('leave', '1');
      navigator.sendBeacon?.(table.dataset.here, body);
    });
    this.hear();
  }

  schedule() {
    clearTimeout(this.timer);
    if (document.visibilityState === 'hidden') return;
    this.timer = setTimeout(() => this.hear(), this.isWaiting ? LISTEN_CLOSELY : this.pause || LISTEN);
  }

  listenSoon() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.schedule();
  }

  async hear() {
    clearTimeout(this.timer);
    try {
      const answer = await this.post(table.dataset.here, { known: this.mark });
      if (answer.status === 'ok') {
        this.pause = LISTEN;
        this.isWaiting = answer.isWaiting;
        this.show(answer.people);
        if (answer.marks) await this.catchUp(answer);
      } else this.pause = SLOWEST;
    } catch {
      this.pause = SLOWEST;
    }
    this.schedule();
  }

  show(people) {
    const line = document.querySelector('[data-newsroom-people]');
    const told = people.length ? this.messages.people.replace('%(names)s', people.map((name) => `\u2068${name}\u2069`).join(' · ')) : '';
    if (line.textContent !== told) line.textContent = told;
  }

  /* Reads what changed, a few at a time; the mark is kept only when all of it was read. */
  async catchUp({ mark, marks }) {
    const { isPartial } = this;
    const changed = this.rows
      .filter((row) => marks[row.dataset.newsroomRow] && marks[row.dataset.newsroomRow] !== row.dataset.mark)
      .map((row) => this.segments.get(row.dataset.newsroomRow));
    for (const segment of changed.slice(0, MOST_AT_ONCE)) await segment.catchUp();
    const isDone = changed.every((segment) => segment.row.dataset.mark === marks[segment.id]);
    if (isDone && !isPartial) this.mark = mark;
  }

  count(answer) {
    this.counted += 1;
    const remarks = document.querySelector('[data-newsroom-remarks]');
    remarks.hidden = !answer.openRemarks;
    remarks.textContent = this.messages.remarks.replace('%(comments)s', localDigits(answer.openRemarks));
    const line = document.querySelector('[data-newsroom-counts]');
    const message = this.messages.errors
      .replace('%(errors)s', localDigits(answer.openErrors))
      .replace('%(missing)s', localDigits(answer.missing));
    if (line.textContent !== message) line.textContent = message;
    const sound = document.querySelector('[data-newsroom-sound]');
    if (sound) sound.hidden = !(answer.openErrors || answer.missing);
    if (answer.seen) {
      this.seen = answer.seen;
      for (const field of document.querySelectorAll('[data-newsroom-seen]')) field.value = answer.seen;
    }
  }

  async beside() {
    const place = document.querySelector('[data-newsroom-beside]');
    if (!place) return;
    try {
      const response = await fetch(place.dataset.newsroomBeside, {
        credentials: 'same-origin',
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      });
      if (response.ok && !response.redirected) {
        place.innerHTML = await response.text();
        for (const form of place.querySelectorAll('.newsroom-again form')) {
          form.addEventListener('submit', (event) => this.act(event, form));
        }
      }
    } catch {
      /* The link stays. */
    }
  }

  input(event) {
    const segment = this.of(event.target);
    if (!segment || event.target !== segment.editor) return;
    /* What a browser leaves behind when a link is deleted. */
    for (const stray of segment.editor.querySelectorAll('font, u, span')) {
      stray.replaceWith(...stray.childNodes);
    }
    const none = segment.row.querySelector('[data-newsroom-none]');
    if (none) none.hidden = true;
    this.turn += 1;
    segment.changed();
  }

  before(event) {
    const segment = this.of(event.target);
    if (!segment) return;
    if (event.inputType === 'insertParagraph' || event.inputType === 'formatUnderline' || event.inputType === 'insertFromDrop') {
      event.preventDefault();
    }
  }

  paste(event) {
    const segment = this.of(event.target);
    if (!segment) return;
    event.preventDefault();
    const plain = event.clipboardData.getData('text/plain').replace(/\s+/g, ' ');
    const html = segment.isRich ? event.clipboardData.getData('text/html') : '';
    if (!html) {
      document.execCommand('insertText', false, plain);
      return;
    }
    /* Nothing of the clipboard may act while it is read. */
    const still = html.replace(/\s(?:style|on\w+|src|srcset)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ' ');
    const parsed = new DOMParser().parseFromString(still, 'text/html').body;
    const missing = segment.known;
    for (const id of idsIn(segment.editor)) missing.delete(id);
    const clean = serialize(parsed, { isRich: true, known: missing }).replace(/<br\/>|\s+/g, ' ').trim();
    const box = document.createElement('div');
    box.append(build(clean));
    document.execCommand('insertHTML', false, box.innerHTML);
  }

  key(event) {
    const keys = document.querySelector('[data-newsroom-keys]');
    const inText = event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === '?' && !inText && keys && !keys.open) {
      event.preventDefault();
      keys.showModal();
      return;
    }
    const segment = this.of(event.target);
    const inEditor = segment && event.target === segment.editor;
    const command = event.ctrlKey || event.metaKey;
    /* By `code`: a Persian layout has other letters on the same keys. */
    if (command && event.code === 'KeyS' && this.canEdit) {
      event.preventDefault();
      this.all((one) => one.save());
    } else if (inEditor && command && (event.code === 'KeyB' || event.code === 'KeyI')) {
      event.preventDefault();
      this.format(segment, event.code === 'KeyB' ? 'bold' : 'italic');
    } else if (inEditor && command && event.code === 'KeyU') {
      event.preventDefault();
    } else if (inEditor && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
    } else if (inEditor && event.shiftKey && event.code === 'Space' && segment.editor.dir === 'rtl') {
      event.preventDefault();
      document.execCommand('insertText', false, '\u200c');
    } else if (event.altKey && !command && event.code === 'ArrowDown') {
      event.preventDefault();
      this.step(1, segment);
    } else if (event.altKey && !command && event.code === 'ArrowUp') {
      event.preventDefault();
      this.step(-1, segment);
    } else if (event.altKey && !command && event.code === 'KeyE') {
      event.preventDefault();
      this.step(1, segment, (row) => Number(row.dataset.errors) > 0 || row.classList.contains('newsroom-review__missing'));
    } else if (event.altKey && !command && event.code === 'KeyF' && segment) {
      event.preventDefault();
      segment.row.querySelector('[data-newsroom-findings] button[name=fix]')?.click();
    } else if (event.altKey && !command && event.code === 'KeyA' && segment) {
      event.preventDefault();
      this.approve(segment);
    } else if (event.altKey && !command && event.code === 'KeyC' && segment) {
      event.preventDefault();
      segment.openMargin();
    }
  }

  async approve(segment) {
    if (await segment.approve()) this.step(1, segment, (row) => !('approved' in row.dataset));
  }

  format(segment, command) {
    if (!segment.isRich) return;
    document.execCommand('styleWithCSS', false, false);
    document.execCommand(command);
  }

  async step(by, segment, wanted = () => true) {
    const from = segment || this.current;
    this.turn += 1;
    let row = this.next(by, from, wanted);
    if (this.isPartial && !row?.isAhead) {
      const { turn } = this;
      const { activeElement } = document;
      await this.whole;
      /* Who wrote or went on in the meantime is left there. */
      if (this.turn !== turn || document.activeElement !== activeElement) return;
      row = this.next(by, from, wanted);
    }
    if (!row) return;
    const editor = row.found.querySelector('[data-newsroom-editor]');
    if (!this.canEdit) editor.setAttribute('tabindex', '-1');
    editor.focus({ preventScroll: true });
    row.found.scrollIntoView({ block: 'center' });
  }

  /* The next wanted row on the way, round the end if need be, and whether it lies ahead; from
     nowhere, the way back begins at the end. */
  next(by, from, wanted) {
    const { length } = this.rows;
    const start = from ? this.rows.indexOf(from.row) : by > 0 ? -1 : 0;
    for (let tried = 1; tried <= length; tried += 1) {
      const place = start + by * tried;
      const found = this.rows[((place % length) + length) % length];
      if (wanted(found)) return { found, isAhead: place >= 0 && place < length };
    }
    return undefined;
  }

  click(event) {
    const tool = event.target.closest('.newsroom-tool[type=button], [data-newsroom-near], [data-newsroom-open]');
    if (!tool) return;
    if ('newsroomHelp' in tool.dataset) document.querySelector('[data-newsroom-keys]').showModal();
    else if (tool.dataset.newsroomStep) this.step(Number(tool.dataset.newsroomStep), this.current);
    else if ('newsroomStepError' in tool.dataset) this.step(1, this.current, (row) => Number(row.dataset.errors) > 0 || row.classList.contains('newsroom-review__missing'));
    else if ('newsroomNear' in tool.dataset) this.near(event, tool);
    else if ('newsroomOpen' in tool.dataset) this.open(event, tool);
    else this.write(tool);
  }

  /* A button of the bar, or a term's translation: at the caret, or at the end of its own text. */
  write(tool) {
    const segment = this.of(tool) || this.current;
    if (!segment) return;
    const { editor } = segment;
    const selection = window.getSelection();
    if (!editor.contains(selection.anchorNode)) {
      editor.focus();
      selection.selectAllChildren(editor);
      selection.collapseToEnd();
    } else editor.focus();
    if (tool.dataset.newsroomInsert) {
      document.execCommand('insertText', false, tool.dataset.newsroomInsert);
    } else if (tool.dataset.newsroomWrap) {
      const [before, after] = tool.dataset.newsroomWrap;
      document.execCommand('insertText', false, before + selection.toString() + after);
    } else if (tool.dataset.newsroomFormat) this.format(segment, tool.dataset.newsroomFormat);
  }

  async near(event, link) {
    const segment = this.of(link);
    if (!segment) return;
    event.preventDefault();
    await segment.save();
    const answer = await this.read(`${segment.url}?near=1`).catch(() => null);
    if (!answer) window.location.assign(link.href);
    else segment.row.querySelector('[data-newsroom-findings]').innerHTML = answer.findings;
  }

  async open(event, link) {
    const segment = this.of(link);
    if (!segment) return;
    event.preventDefault();
    if (!(await segment.openMargin())) window.location.assign(link.href);
  }

  submit(event) {
    const { submitter } = event;
    if (submitter?.name === 'approve_passage') {
      event.preventDefault();
      this.of(submitter)?.approve();
      return;
    }
    const segment = this.of(event.target);
    if (!segment) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    delete fields.csrfmiddlewaretoken;
    if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
    segment.mend(fields);
  }

  /* Approving and publishing wait for what is written; what cannot be saved holds them up. */
  async act(event, form) {
    const open = [...this.segments.values()].filter((one) => one.isDirty || one.sending);
    if (!open.length) return;
    event.preventDefault();
    await Promise.all(open.map((segment) => segment.save()));
    const left = [...this.segments.values()].find((one) => one.isDirty);
    if (left) {
      left.editor.focus();
      left.say(left.row.querySelector('[data-newsroom-status]').textContent || this.messages.leave);
    } else {
      /* `submit()` leaves the button's own value out. */
      const { submitter } = event;
      if (submitter?.name) {
        const field = document.createElement('input');
        [field.type, field.name, field.value] = ['hidden', submitter.name, submitter.value];
        form.append(field);
      }
      form.submit();
    }
  }
}

if (table) new Review().start();
