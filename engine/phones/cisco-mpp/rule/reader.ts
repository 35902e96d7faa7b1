/** A place in a text that moves forward; what the parser of the rule language is made of. */

/** Thrown inside the parser alone, and caught there: the text is no rule. */
export class Unreadable<Code extends string> extends Error {
  readonly code: Code;
  readonly at: number;

  constructor(code: Code, at: number) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

export class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    this.take(/\s+/y);
  }

  /** Goes over what stands here; undefined, and no step, where it does not. The pattern has to be sticky. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Whether it stands here; no step. */
  sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }
}
