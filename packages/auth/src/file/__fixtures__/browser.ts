/** Enough of a browser to log in and to agree: cookies, redirects, and the first form of a page. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** Opens a page, logs in and agrees to everything until `isEnd` says that this is where it ends. */
  async walk(start: string, isEnd: (url: string, page: string) => boolean): Promise<{ url: string; page: string }> {
    let { url, page } = await this.#open(start, undefined, isEnd);
    for (let step = 0; step < 10 && !isEnd(url, page); step += 1) {
      const form = formOf(page, url);
      ({ url, page } = await this.#open(form.action, form.fields, isEnd));
    }
    return { url, page };
  }

  async #open(
    start: string,
    form: URLSearchParams | undefined,
    isEnd: (url: string, page: string) => boolean,
  ): Promise<{ url: string; page: string }> {
    let url = start;
    let body = form;
    for (let hop = 0; hop < 20; hop += 1) {
      if (isEnd(url, '')) return { url, page: '' };
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body === undefined ? {} : { body }),
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      const location = response.headers.get('location');
      if (location === null) return { url, page: await response.text() };
      await response.body?.cancel();
      url = new URL(location, url).href;
      body = undefined;
    }
    throw new TypeError(`more than 20 redirects from ${start}`);
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

function formOf(page: string, url: string): { action: string; fields: URLSearchParams } {
  const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page);
  if (form === null) throw new TypeError(`no form on ${url}: ${page.slice(0, 2_000)}`);
  const [, action = '', inner = ''] = form;
  const fields = new URLSearchParams();
  for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name === undefined) continue;
    fields.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? (name === 'login' ? 'alice' : 'secret'));
  }
  return { action: new URL(action.replaceAll('&amp;', '&'), url).href, fields };
}
