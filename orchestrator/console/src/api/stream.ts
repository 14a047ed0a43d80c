const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface Listener {
  onOpen: () => void;
  onLost: () => void;
  onChange: (data: string) => void;
}

/**
 * Listens to server-sent events until the returned function is called. A browser connects again
 * by itself when a connection breaks, but gives up when it is answered with an HTTP error, such
 * as a proxy's 502 while the server restarts: then this opens a new one, ever more patiently.
 */
export function listen(url: string, listener: Listener): () => void {
  let source: EventSource;
  let timer: number | undefined;
  let wait = FIRST_WAIT_MS;
  const open = () => {
    source = new EventSource(url);
    source.addEventListener("change", (event: MessageEvent<string>) => {
      listener.onChange(event.data);
    });
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      listener.onOpen();
    };
    source.onerror = () => {
      listener.onLost();
      if (source.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  open();
  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}
