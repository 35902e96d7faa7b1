/** The events of the DevTools protocol that are listened to, with what is read of them. */
export type Frame = { readonly id: string; readonly parentId?: string; readonly url: string };
export type World = { readonly id: number; readonly name: string; readonly auxData: { readonly frameId: string } };
/** A request Chromium holds until it is answered. */
export type Paused = {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string>; readonly postData?: string };
};

export type CdpEvents = {
  'Fetch.requestPaused': Paused;
  'Inspector.targetCrashed': object;
  'Page.domContentEventFired': object;
  'Page.frameAttached': { readonly frameId: string; readonly parentFrameId: string };
  'Page.frameDetached': { readonly frameId: string; readonly reason: 'remove' | 'swap' };
  'Page.frameNavigated': { readonly frame: Frame };
  'Page.frameRequestedNavigation': { readonly frameId: string; readonly url: string };
  'Page.loadEventFired': object;
  'Page.navigatedWithinDocument': { readonly frameId: string; readonly url: string };
  'Page.windowOpen': { readonly url: string };
  'Runtime.bindingCalled': { readonly payload: string; readonly executionContextId: number };
  'Runtime.executionContextCreated': { readonly context: World };
  'Runtime.executionContextDestroyed': { readonly executionContextId: number };
  'Runtime.executionContextsCleared': object;
  'Target.targetCreated': {
    readonly targetInfo: { readonly targetId: string; readonly openerId?: string; readonly openerFrameId?: string };
  };
};
