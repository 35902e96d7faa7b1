/** A file imported as its text: the bundlers put it in. */
declare module '*?raw' {
  const text: string;
  export default text;
}
