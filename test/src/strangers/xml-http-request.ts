/** As much of a browser's XMLHttpRequest as a client of the browser needs, on fetch: Node has none. */
export class XmlHttpRequest {
  onreadystatechange: (() => void) | null = null;
  readyState = 0;
  status = 0;
  response = '';
  private method = '';
  private url = '';
  private readonly sent = new Headers();
  private received = new Headers();

  open(method: string, url: string): void {
    [this.method, this.url] = [method, url];
  }

  setRequestHeader(name: string, value: string): void {
    this.sent.append(name, value);
  }

  getAllResponseHeaders(): string {
    return [...this.received].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  send(body?: string): void {
    void this.exchange(body).finally(() => {
      this.readyState = 4;
      this.onreadystatechange?.();
    });
  }

  private async exchange(body: string | undefined): Promise<void> {
    const init = { method: this.method, headers: this.sent, ...(body === undefined ? {} : { body }) };
    const answer = await fetch(this.url, init);
    [this.status, this.received, this.response] = [answer.status, answer.headers, await answer.text()];
  }
}
