// The shapes that travel between the scripts, for the type checker alone; docs/payload.md says how they are written.

/** Days since 1970-01-01, UTC. */
type Day = number;

/** Index of a party in the payload, -1 for nobody or not known. */
type PartyIndex = number;

/** How a party, or the lack of one, is drawn. */
interface Style {
  colour: string;
  symbol: string;
  edge: string;
}

interface Party extends Style {
  id: string;
  name: string;
  name_ar: string;
  hatch: string;
  hatched: boolean;
}

/** All places, a column a property. */
interface Places {
  id: string[];
  name: string[];
  name_ar: string[];
  admin1: string[];
  province: string[];
  province_ar: string[];
  feature: string[];
  longitude: Float64Array;
  latitude: Float64Array;
  rank: Uint8Array;
}

type PlaceState = [holder: PartyIndex, contested: number, besieged: number, fading: number, flagged: number];

/** The steps of one view: place i has the state `codes[k]` from `days[k]` on, for k from `offsets[i]` up to `offsets[i + 1]`. */
interface Steps {
  offsets: Int32Array;
  days: Int32Array;
  codes: Uint16Array;
}

/** All that the first picture needs. */
interface Payload {
  first: Day;
  last: Day;
  parties: Party[];
  unknown: Style;
  colours: Record<string, string>;
  places: Places;
  states: PlaceState[];
  views: Record<string, Steps>;
  shards: number[];
  land: boolean;
}

/** What events share. */
interface EventType {
  kind: "control" | "contested" | "siege";
  basis: "change" | "state" | "before" | "implied";
  status: "corroborated" | "claimed" | "disputed";
  confidence: string;
  sides: PartyIndex[];
  prevails: number;
  flagged: number;
  disputed: number;
  date: number;
  date_earliest: number;
  date_latest: number;
  until: number;
}

/** One event; days are null where no source gives one, `until` where it is open. */
interface AtlasEvent extends Omit<EventType, "until"> {
  number: number;
  place: number;
  party: PartyIndex;
  previous: PartyIndex;
  day: Day | null;
  earliest: Day | null;
  latest: Day | null;
  until: Day | null;
}

interface Named {
  name: string;
  name_ar?: string;
}

/** A sentence of the data: English, and how it is made where it can be said in another language. */
interface Sentence {
  text: string;
  message?: string;
  many?: string;
  n?: number;
  parts?: Record<string, Sentence | { names: Named[]; others: number }>;
}

/** What is said of an event: its reason, and indices of the claims for and against it. */
interface Said {
  reason: Sentence;
  supporting: number[];
  opposing: number[];
}

interface Claim {
  id: string;
  document: number;
  locator: string;
  claimant: string;
  claimant_ar: string;
  side: PartyIndex;
  grade: string;
  kind: string;
  modality: string;
  written: string;
  gaining: PartyIndex;
  losing: PartyIndex;
  earliest: Day;
  latest: Day;
  reported: Day;
  statement: string;
  note: string;
}

interface SourceDocument {
  publisher: string;
  agency: string;
  published: Day;
  url: string;
  description: string;
}

/** One file of evidence. */
interface EvidenceFile {
  said: Map<number, Said>;
  of: (event: number) => Said | undefined;
  claims: Claim[];
  documents: SourceDocument[];
}

/** Which events are listed, as the address names it; "" for any. */
interface Filters {
  party: string;
  kind: string;
  status: string;
  by: string;
  area: string;
  q: string;
}

/** A component of the page, as Streamlit hands it to its script. */
interface Component {
  parentElement: HTMLElement;
  data: any;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** A canvas layer's cell of a crowd. */
interface CrowdSymbol {
  look: number;
  radius: number;
  dx: number;
  dy: number;
}

interface Window {
  /** The page's state, which its components and the map's frame share. */
  controlAtlas?: any;
  controlPair?: any;
  /** In the map's frame: whether it has been drawn, its maps where there are two, and what folium calls. */
  atlasDrawn?: boolean;
  atlasMaps?: any[];
  controlLayer?: Record<string, (map: any, options: any) => Promise<void>>;
}

/** Leaflet, in the map's frame. Its classes are extended from object literals, which the checker cannot follow. */
declare const L: any;
