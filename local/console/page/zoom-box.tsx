import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface ZoomBoxProps {
  /** What is in it, for people. */
  readonly title: string;
  /** The drawing's own size, in which it is shown at a zoom of 1. */
  readonly width: number;
  readonly height: number;
  /** The state to keep in sight, as it changes. */
  readonly focus: string | undefined;
  readonly children: ComponentChildren;
}

/** A factor, or the whole drawing in its box; a drawing for which that is too small to read is larger at first. */
type Zoom = number | 'fit' | 'readable';

const step = 1.25;
const [least, readable, most] = [0.2, 0.78, 4];

const sizeOf = (zoom: Zoom, width: number, height: number) => {
  if (zoom === 'fit') return {};
  if (zoom === 'readable') return { minWidth: `${width * readable}px`, minHeight: `${height * readable}px` };
  return { width: `${width * zoom}px` };
};

const centred = (box: HTMLElement, x: number, y: number): void =>
  box.scrollTo(x * box.scrollWidth - box.clientWidth / 2, y * box.scrollHeight - box.clientHeight / 2);

/** Scrolls a state into the middle of the box, and nothing else of the page. */
const show = (box: HTMLElement, state: string): void => {
  const at = box.querySelector(`[data-state-name="${state}"]`)?.getBoundingClientRect();
  if (at === undefined) return;
  const { x, y } = box.getBoundingClientRect();
  box.scrollBy(
    at.x + at.width / 2 - x - box.clientWidth / 2,
    at.y + at.height / 2 - y - box.clientHeight / 2,
  );
};

/** A drawing that can be zoomed. What does not fit scrolls, by wheel, keys, touch and drag. */
export const ZoomBox = ({ title, width, height, focus, children }: ZoomBoxProps) => {
  const whole = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<Zoom>('readable');
  const centre = useRef<readonly [number, number]>([0.5, 0.5]);

  const zoomBy = (factor: number): void => {
    const { current } = box;
    const shown = current?.querySelector('svg')?.getBoundingClientRect().width;
    if (current === null || shown === undefined) return;
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = current;
    centre.current = [
      (scrollLeft + clientWidth / 2) / scrollWidth,
      (scrollTop + clientHeight / 2) / scrollHeight,
    ];
    setZoom(Math.min(most, Math.max(least, (shown / width) * factor)));
  };
  useLayoutEffect(() => {
    if (box.current !== null && typeof zoom === 'number') centred(box.current, ...centre.current);
  }, [zoom]);
  useEffect(() => {
    if (box.current !== null && focus !== undefined) show(box.current, focus);
  }, [focus, title]);

  const keys: Readonly<Record<string, () => void>> = {
    '+': () => zoomBy(step),
    '-': () => zoomBy(1 / step),
    '0': () => setZoom('fit'),
  };
  const byWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? step : 1 / step);
  };
  const drag = ({ buttons, movementX, movementY }: PointerEvent): void => {
    if (buttons === 1) box.current?.scrollBy(-movementX, -movementY);
  };
  const fillScreen = () =>
    document.fullscreenElement === null ? whole.current?.requestFullscreen() : document.exitFullscreen();

  return (
    <figure class="zoom" ref={whole} onKeyDown={({ key }) => keys[key]?.()}>
      <figcaption class="row">
        <h3>{title}</h3>
        <button type="button" class="quiet" aria-label="Zoom out" onClick={keys['-']}>
          −
        </button>
        <button type="button" class="quiet" aria-label="Zoom in" onClick={keys['+']}>
          +
        </button>
        <button type="button" class="quiet" aria-pressed={zoom === 'fit'} onClick={keys['0']}>
          Fit
        </button>
        <button type="button" class="quiet" onClick={fillScreen}>
          Full screen
        </button>
      </figcaption>
      <div
        class="zoom-box"
        ref={box}
        data-zoom={typeof zoom === 'number' ? 'factor' : zoom}
        onWheel={byWheel}
        onPointerMove={drag}
      >
        <div style={sizeOf(zoom, width, height)}>{children}</div>
      </div>
    </figure>
  );
};
