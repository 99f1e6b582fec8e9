"""The names of make_near.py: what places are called at home, in Polish and in English."""

# GeoNames' name: at home; in Polish and in English where they differ from that.
TOWNS = """
Aachen: Aachen; Akwizgran;
Athens: Athina; Ateny; Athens
Banská Bystrica: Banská Bystrica; Bańska Bystrzyca;
Basel: Basel; Bazylea;
Bautzen: Bautzen; Budziszyn;
Belgrade: Beograd; Belgrad; Belgrade
Bern: Bern; Berno;
Bologna: Bologna; Bolonia;
Bratislava: Bratislava; Bratysława;
Braunschweig: Braunschweig; Brunszwik;
Bremen: Bremen; Brema;
BY Brest: Brest; Brześć;
Brussels: Bruxelles; Bruksela; Brussels
Bucharest: București; Bukareszt; Bucharest
Budapest: Budapest; Budapeszt;
Chisinau: Chișinău; Kiszyniów;
Copenhagen: København; Kopenhaga; Copenhagen
Cottbus: Cottbus; Chociebuż;
Debrecen: Debrecen; Debreczyn;
Dresden: Dresden; Drezno;
Edinburgh: Edinburgh; Edynburg;
Florence: Firenze; Florencja; Florence
Geneva: Genève; Genewa; Geneva
Genoa: Genova; Genua; Genoa
Gent: Gent; Gandawa; Ghent
Gothenburg: Göteborg; Göteborg; Gothenburg
Göttingen: Göttingen; Getynga;
Hannover: Hannover; Hanower; Hanover
Homyel': Homiel; Homel;
Hrodna: Hrodna; Grodno;
Iaşi: Iași; Jassy;
Karlovy Vary: Karlovy Vary; Karlowe Wary;
Kaunas: Kaunas; Kowno;
Kiel: Kiel; Kilonia;
Klaipėda: Klaipėda; Kłajpeda;
Koblenz: Koblenz; Koblencja;
Kyiv: Kyjiv; Kijów; Kyiv
Köln: Köln; Kolonia; Cologne
Košice: Košice; Koszyce;
Lausanne: Lausanne; Lozanna;
Leipzig: Leipzig; Lipsk;
Lisbon: Lisboa; Lizbona; Lisbon
Ljubljana: Ljubljana; Lublana;
London: London; Londyn;
Lviv: Lviv; Lwów;
Luxembourg: Luxembourg; Luksemburg;
Lübeck: Lübeck; Lubeka;
Madrid: Madrid; Madryt;
Mainz: Mainz; Moguncja;
Mantua: Mantova; Mantua; Mantua
Marseille: Marseille; Marsylia;
Milan: Milano; Mediolan; Milan
Minsk: Minsk; Mińsk;
Miskolc: Miskolc; Miszkolc;
Munich: München; Monachium; Munich
Naples: Napoli; Neapol; Naples
Nice: Nice; Nicea;
Nuremberg: Nürnberg; Norymberga; Nuremberg
Olomouc: Olomouc; Ołomuniec;
Ostrava: Ostrava; Ostrawa;
Padua: Padova; Padwa; Padua
Paris: Paris; Paryż;
Passau: Passau; Pasawa;
Pilsen: Plzeň; Pilzno; Pilsen
Pisa: Pisa; Piza;
Prague: Praha; Praga; Prague
Pécs: Pécs; Pecz;
Regensburg: Regensburg; Ratyzbona;
Riga: Rīga; Ryga; Riga
Rome: Roma; Rzym; Rome
Sarajevo: Sarajevo; Sarajewo;
Sevilla: Sevilla; Sewilla; Seville
Stockholm: Stockholm; Sztokholm;
Strasbourg: Strasbourg; Strasburg;
Siracusa: Siracusa; Syrakuzy; Syracuse
Ternopil: Ternopil; Tarnopol;
The Hague: Den Haag; Haga; The Hague
Thessaloníki: Thessaloniki; Saloniki;
Toulouse: Toulouse; Tuluza;
Trento: Trento; Trydent;
Trier: Trier; Trewir;
Trieste: Trieste; Triest;
Turin: Torino; Turyn; Turin
Valencia: València; Walencja; Valencia
Venice: Venezia; Wenecja; Venice
Verona: Verona; Werona;
Vienna: Wien; Wiedeń; Vienna
Vilnius: Vilnius; Wilno;
Warsaw: Warszawa; Warszawa; Warsaw
Zagreb: Zagreb; Zagrzeb;
Zaragoza: Zaragoza; Saragossa;
Zürich: Zürich; Zurych; Zurich
České Budějovice: České Budějovice; Czeskie Budziejowice;
Žilina: Žilina; Żylina;
Kempten (Allgäu): Kempten;;
Rivne: Rivne; Równe;
Cherkasy: Cherkasy; Czerkasy;
Pinsk: Pinsk; Pińsk;
Vitebsk: Viciebsk; Witebsk;
Mahilyow: Mahilioŭ; Mohylew;
Irákleion: Iraklio; Heraklion; Heraklion
Pátra: Patra; Patras; Patras
Frankfurt am Main: Frankfurt;;
Klagenfurt am Wörthersee: Klagenfurt;;
Odesa: Odesa; Odessa; Odesa
Vinnytsya: Vinnytsia; Winnica;
Mykolayiv: Mykolaiv; Mikołajów;
Chernivtsi: Chernivtsi; Czerniowce;
Braşov: Brașov; Braszów;
Timişoara: Timișoara; Timișoara;
Constanţa: Constanța; Konstanca;
Galaţi: Galați; Gałacz;
Århus: Aarhus; Aarhus;
Cluj-Napoca: Cluj-Napoca; Kluż-Napoka;
Craiova: Craiova; Krajowa;
Niš: Niš; Nisz;
Freiburg: Freiburg; Fryburg Bryzgowijski;
"""

# Where a river or lake is named: latitude, longitude, English, Polish; one name may stand twice.
WATERS = """
48.55 12.9: Danube; Dunaj
48.45 10.35: Danube; Dunaj
46.6 18.88: Danube; Dunaj
44.75 21.0: Danube; Dunaj
44.0 24.5: Danube; Dunaj
48.5 7.78: Rhine; Ren
50.6 7.2: Rhine; Ren
51.6 6.6: Rhine; Ren
53.0 11.6: Elbe; Łaba
51.4 12.95: Elbe; Łaba
52.9 14.2: Oder; Odra
50.9 17.6: Oder; Odra
51.3 21.85: Vistula; Wisła
52.6 19.6: Vistula; Wisła
50.15 20.5: Vistula; Wisła
52.3 17.0: Warta; Warta
52.6 21.8: Narew; Narew
51.3 23.7: Bug; Bug
49.9 22.0: San; San
45.05 10.3: Po; Pad
45.05 8.6: Po; Pad
47.3 11.1: Inn; Inn
48.1 12.4: Inn; Inn
46.0 17.8: Drava; Drawa
46.7 13.9: Drava; Drawa
47.2 14.9: Mur; Mura
47.55 14.4: Enns; Enns
47.0 20.2: Tisza; Cisa
46.2 20.1: Tisza; Cisa
45.2 17.3: Sava; Sawa
49.9 10.5: Main; Men
49.3 9.15: Neckar; Neckar
49.9 7.0: Moselle; Mozela
52.4 9.1: Weser; Wezera
49.45 14.2: Vltava; Wełtawa
49.2 17.4: Morava; Morawa
46.2 11.1: Adige; Adyga
43.2 11.9: Tiber; Tyber
42.6 12.4: Tiber; Tyber
43.7 10.8: Arno; Arno
45.5 4.8: Rhône; Rodan
47.4 -0.6: Loire; Loara
49.3 1.4: Seine; Sekwana
60.3 13.4: Klarälven; Klarälven
60.6 15.6: Dalälven; Dalälven
64.2 18.9: Ume; Ume
66.4 20.6: Lule; Lule
63.4 16.5: Ångerman; Ångerman
"""
LAKES = """
46.83 17.73: Balaton; Balaton
47.63 9.4: Lake Constance; Jezioro Bodeńskie
46.43 6.5: Lake Geneva; Jezioro Genewskie
45.6 10.65: Garda; Garda
58.9 13.3: Vänern; Wener
58.35 14.55: Vättern; Wetter
59.45 16.9: Mälaren; Melar
"""

# Where a country is named, the first from zoom 6, others from zoom 7.
COUNTRIES = """
AL 41.1 20.05
AT 47.28 13.65 | 48.25 15.0
BA 44.25 17.6
BE 50.55 4.75
BG 42.65 25.3
BY 53.4 28.0 | 52.6 25.2
CH 46.72 8.3
CZ 49.62 15.2
DE 50.85 9.5 | 48.75 11.0 | 52.75 9.8 | 52.2 13.9
DK 56.2 9.15
EE 58.75 25.8
ES 39.7 -3.6 | 41.6 -2.6
FI 62.5 25.4 | 65.6 26.6
FR 46.6 2.6 | 47.75 5.2 | 44.4 4.2
GB 52.6 -1.4 | 56.8 -4.4
GR 39.4 22.0
HR 45.62 16.5
HU 46.75 19.9 | 46.95 17.9
IE 53.15 -7.9
IS 64.9 -18.6
IT 43.1 12.6 | 45.55 9.9 | 40.7 16.0 | 40.1 9.05
LT 55.35 23.7
LU 49.72 6.1
LV 56.85 25.4
MD 47.4 28.5
ME 42.85 19.15
MK 41.55 21.65
NL 52.3 5.65
NO 61.0 8.6 | 66.4 14.2
PL 52.0 18.75 | 50.6 22.0 | 53.5 16.6 | 53.4 21.6
PT 39.6 -8.1
RO 45.95 24.7 | 46.9 22.9
RS 43.95 20.9
RU 55.3 34.0 | 54.55 21.6
SE 62.6 15.3 | 57.5 14.7 | 65.6 18.3 | 59.5 14.6
SI 46.12 14.85
SK 48.68 19.5
TR 39.2 32.0
UA 49.3 30.6 | 49.1 25.3
"""


def entries(table):
    """Yield what stands before and after the colon in each line of a table."""
    for line in table.strip().splitlines():
        before, after = line.split(":")
        yield before, [part.strip() for part in after.split(";")]
