/** The frame around every screen. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { JobBoard } from '../board/job-board.js';
import { LiveBoard } from '../board/live-board.js';
import { StopDialog } from '../board/stop-dialog.js';
import { DoctorScreen } from '../doctor/doctor-screen.js';
import { DraftScreen } from '../draft/draft-screen.js';
import { ResumeScreen } from '../draft/resume-screen.js';
import { HistoryScreen } from '../history/history-screen.js';
import { AddressesScreen } from '../looking/addresses-screen.js';
import { SyslogScreen } from '../looking/syslog-screen.js';
import { GroupMark } from '../look/marks.js';
import { PhoneDrawer } from '../phone/phone-drawer.js';
import { AboutScreen } from '../settings/about-screen.js';
import { ParametersScreen } from '../parameters/parameters-screen.js';
import { SettingsScreen } from '../settings/settings-screen.js';
import { StartScreen } from '../start/start-screen.js';
import type { Route } from '../stores/route.js';
import { useBoard, useConnection, useJobs, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { BenchBanners } from './bench-banners.js';
import { Rail } from './rail.js';
import classes from './shell.module.css';

export function Shell(): ReactNode {
  const { t } = useWords();
  const route = useRoute((state) => state.route);
  const ended = useConnection((state) => state.ended);
  const content = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // A new screen begins at its top, and a reader hears it from there.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else content.current?.focus();
    content.current?.scrollTo(0, 0);
  }, [route]);

  if (ended) return <Whole title={t('ended.title')} text={t('ended.text')} />;
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        {t('nav.skip')}
      </a>
      <Rail />
      <div className={classes['main']}>
        <VirtualStrip />
        <EngineBanner />
        <BenchBanners />
        <main id="content" ref={content} className={classes['content']} tabIndex={-1}>
          <ScreenOf route={route} />
        </main>
      </div>
      <StopDialog />
      <PhoneDrawer />
    </div>
  );
}

function ScreenOf({ route }: { readonly route: Route }): ReactNode {
  switch (route.screen) {
    case 'start':
      return <StartScreen />;
    case 'draft':
      return <DraftScreen />;
    case 'board':
      return <LiveBoard />;
    case 'history':
      return <HistoryScreen />;
    case 'job':
      return <JobBoard job={route.job} />;
    case 'resume':
      return <ResumeScreen job={route.job} name={route.name} />;
    case 'addresses':
      return <AddressesScreen />;
    case 'syslog':
      return <SyslogScreen mac={route.mac} />;
    case 'parameters':
      return <ParametersScreen />;
    case 'doctor':
      return <DoctorScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'about':
      return <AboutScreen />;
  }
}

/** Where virtual phones are shown, nobody may take them for real ones. */
function VirtualStrip(): ReactNode {
  const { t } = useWords();
  const screen = useRoute((state) => state.route.screen);
  const isShown = useBoard((state) => state.job?.virtual === true);
  const isLooked = useJobs((state) => state.looked?.job.virtual === true);
  const shows = (screen === 'board' && isShown) || (screen === 'job' && isLooked);
  return shows ? <div className={classes['virtual']}>{t('virtual.strip')}</div> : null;
}

/** A host that was closed by hand does not come back at its old address: after so long that is the likeliest, in milliseconds. */
const lostForLong = 8000;

function EngineBanner(): ReactNode {
  const { t } = useWords();
  const engine = useConnection((state) => state.engine);
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (engine !== 'lost') return undefined;
    const timer = setTimeout(() => setLong(true), lostForLong);
    return () => clearTimeout(timer);
  }, [engine]);
  return (
    <div role="status">
      {engine === 'running' ? null : (
        <div className={classes['banner']} data-engine={engine}>
          <GroupMark group={engine === 'failed' ? 'failed' : 'hand'} size={18} />
          {t(long && engine === 'lost' ? 'engine.lost.long' : `engine.${engine}`)}
        </div>
      )}
    </div>
  );
}

/** A screen that stands for everything. */
export function Whole(props: { readonly title: string; readonly text: string; readonly action?: ReactNode }): ReactNode {
  return (
    <main className={classes['whole']}>
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.action}
    </main>
  );
}
