/** Words that names are made of. Together they stay well below F&O's sixty characters. */
type Words = readonly [string, ...string[]];

export const companyNames: Words = [
  'Adatum',
  'Alpine Ski House',
  'Bellows College',
  'City Power & Light',
  'Coho Winery',
  'Consolidated Messenger',
  'Fabrikam',
  'Fourth Coffee',
  'Graphic Design Institute',
  'Humongous Insurance',
  'Lamna Healthcare',
  'Litware',
  'Lucerne Publishing',
  "Margie's Travel",
  "Munson's Farm",
  'Northwind Traders',
  'Proseware',
  'Relecloud',
  'Southridge Video',
  'Tailspin Toys',
  'Trey Research',
  'VanArsdel',
  'Wide World Importers',
  'Wingtip Toys',
];

export const divisions: Words = ['North', 'South', 'East', 'West', 'Europe', 'Asia', 'Retail', 'Labs', 'Logistics'];

export const firstNames: Words = [
  'Amara',
  'Björn',
  'Chidi',
  'Dolores',
  'Elif',
  'Françoise',
  'Giulia',
  'Håkon',
  'Ines',
  'Jürgen',
];

export const lastNames: Words = [
  'Abara',
  'Bianchi',
  'Castillo',
  'Dupont',
  'Eriksson',
  'Fischer',
  'Gómez',
  'Hansen',
  'Ivanov',
  'Jørgensen',
];

export const projectKinds: Words = [
  'Robot rollout',
  'Cloud migration',
  'Plant automation',
  'Data platform',
  'Store redesign',
  'Security audit',
  'Warehouse upgrade',
  'Field training',
  'Service desk',
  'Packaging line',
];

export const phases: Words = ['Analysis', 'Design', 'Build', 'Test', 'Deployment', 'Training', 'Support'];

export interface City {
  name: string;
  state: string;
  postalCode: string;
  country: string;
}

const city = (name: string, state: string, postalCode: string, country: string): City => ({
  name,
  state,
  postalCode,
  country,
});

export const cities: readonly [City, ...City[]] = [
  city('Seattle', 'WA', '98101', 'USA'),
  city('Denver', 'CO', '80202', 'USA'),
  city('Boston', 'MA', '02108', 'USA'),
  city('Zürich', 'ZH', '8001', 'CHE'),
  city('München', 'BY', '80331', 'DEU'),
  city('Lyon', '', '69001', 'FRA'),
  city('London', '', 'EC1A 1BB', 'GBR'),
  city('Osaka', '', '530-0001', 'JPN'),
];

export const streets: Words = ['Harbour Street', 'Mill Lane', 'Station Road', 'Oak Avenue', 'Market Square'];

/** Expense categories and the three that hours, fees and materials go to. */
export const categoryNames: Words = [
  'Airfare',
  'Car rental',
  'Conference',
  'Entertainment',
  'Gift',
  'Hotel',
  'Meal',
  'Mileage',
  'Per diem',
  'Consulting',
  'Fee',
  'Material',
];

/** Hours go here; the categories before it are expenses. */
export const consulting = categoryNames.indexOf('Consulting');
