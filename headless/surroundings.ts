/** What `main` hands to commands, so that none of them reads the environment itself. */
export type Surroundings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The built program of the virtual phones. */
  readonly phonesProgram: string;
  /** Where the window was built to. */
  readonly windowFolder: string;
  readonly version: string;
};
