/** Those who want to hear of something, told in the order in which they came. */
export class Listeners<T = void> {
  readonly #listeners: ((happening: T) => void)[] = [];

  add(listener: (happening: T) => void): void {
    this.#listeners.push(listener);
  }

  tell(happening: T): void {
    for (const listener of this.#listeners) listener(happening);
  }
}
