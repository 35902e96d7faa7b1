/** Where the window's page comes from. */
export const appScheme = 'app';
export const appHost = 'bench';
export const appOrigin = `${appScheme}://${appHost}`;
export const appPage = `${appOrigin}/`;

/** The channels between preload and main. */
export const callChannel = 'bench:call';
export const eventChannel = 'bench:event';
