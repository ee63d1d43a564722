/**
 * Words and phrases that can take each other's place in any text, in their normal form: all become the first of their line. Words
 * that only often mean the same are not here.
 */
const CLASSES = `
start|begin|commence|kick off
starts|begins|commences|kicks off
started|began|commenced
starting|beginning|commencing|kicking off
buy|purchase
buys|purchases
bought|purchased
buying|purchasing
help|assist
helps|assists
helping|assisting
needed|required|necessary
need to|have to|have got to
needs to|has to|has got to
needed to|had to
want to|would like to|wish to
have|have got
has|has got
choose|select
chooses|selects
chosen|selected
choosing|selecting
try|attempt
ensure|make sure|make certain|ensure that|make sure that
reply|respond
replies|responds
contact|get in touch with
discuss|talk about
happens|occurs|takes place
happen|occur|take place
marry|get married|get hitched|tie the knot|wed
marrying|getting married|getting hitched|tying the knot
marries|gets married
photo|photograph|picture
photos|photographs|pictures
photographer|photog
photographers|photogs
video|vid
videos|vids
mum|mother|mam|mommy|mummy
mums|mothers
dad|father|daddy
dads|fathers
grandmother|grandma|gran|granny|nan|nana
grandfather|grandad|granddad|grandpa
children|kids
child|kid
television|tv
phone|telephone
toilet|loo|restroom
toilets|loos|restrooms
portable toilets|portaloos|porta loos|porta potties
portable toilet|portaloo|porta loo|porta potty
nappy|diaper
nappies|diapers
pushchair|stroller
pushchairs|strollers
car park|parking lot
holiday|vacation
hen party|hen do|hen night|bachelorette party|bachelorette|bachelorette do
stag party|stag do|stag night|bachelor party
wedding dress|wedding gown|bridal gown|bridal dress
wedding dresses|wedding gowns|bridal gowns|bridal dresses
register office|registry office
register offices|registry offices
invite|invitation
invites|invitations
master of ceremonies|mc
value added tax|vat
public liability insurance|pli
portable appliance testing|pat testing|pat test
united kingdom|uk
air conditioning|air con|aircon
usually|normally|typically|generally
often|frequently
perhaps|maybe
enough|sufficient
extra|additional
big|large
bigger|larger
biggest|largest
everybody|everyone
somebody|someone
anybody|anyone
nobody|no 1
until|till
because of|due to|owing to|on account of
despite|in spite of
instead of|in place of
before|prior to|ahead of|in advance of
for example|for instance|eg
for free|free of charge|at no cost
per person|per head|a head|a person|per guest
now|at the moment|right now|currently|at present
ok|all right|fine|acceptable
number of|quantity of
though|although|even though
to|in order to|so as to
so|so that
if|in the event that|given that|assuming that|assuming|supposing
how far in advance|how far ahead|how long in advance|how far before|how far in advance of|how far ahead of|how long in advance of|how long beforehand|how far beforehand
should|ought to
kind of|type of|sort of
kinds of|types of|sorts of
who|whom
near|close to
allow|permit
allows|permits
allowed|permitted
forbidden|prohibited
suitable|appropriate
usual|normal|typical
end|finish|conclude
ends|finishes|concludes
ended|finished|concluded
ending|finishing|concluding
arrive|turn up|show up
arrives|turns up|shows up
cancel|call off
hire|rent
hires|rents
hired|rented
hiring|renting
guest|attendee|invitee
guests|attendees|invitees
drinks|beverages
compulsory|mandatory|obligatory
rude|impolite|bad manners
cheap|inexpensive
expensive|costly|pricey
at least|a minimum of|no fewer than|no less than
at most|a maximum of|no more than
nearly|almost
whole|entire
repair|fix|mend
repairs|fixes|mends
repaired|fixed|mended
clothes|clothing|attire
supplier|vendor
suppliers|vendors
next to|beside
about|roughly|approximately|around
about|regarding|concerning|with regard to|as regards
by cheque|by check
draught beer|draft beer
flat tyre|flat tire
immediately|straight away|right away
get rid of|dispose of
a lot of|lots of|loads of|plenty of
mistake|error
difference|distinction
suggestions|ideas|recommendations
tips|hints|pointers
recommend|suggest
couple photos|couple portraits|couple pictures
mistakes|errors
autumn|the fall
motorhome|rv|recreational vehicle
cinema|movie theatre
film|movie
films|movies
lift|elevator
lifts|elevators
torch|flashlight
torches|flashlights
lorry|truck
lorries|trucks
petrol|gasoline
rubbish|trash|garbage
postcode|zip code
number plate|licence plate
nail varnish|nail polish
candy floss|cotton candy|fairy floss
icing sugar|powdered sugar|confectioners' sugar
cling film|plastic wrap
courgette|zucchini
courgettes|zucchinis
aubergine|eggplant
aubergines|eggplants
coriander|cilantro
dinner suit|tuxedo|tux
dinner suits|tuxedos
buttonhole|boutonniere
buttonholes|boutonnieres
gypsophila|baby's breath
table plan|seating plan|seating chart
table plans|seating plans|seating charts
hairdresser|hairstylist|hair stylist
hairdressers|hairstylists|hair stylists
makeup artist|make up artist
photographer|tog
insurance|insurance cover
pavement|sidewalk
motorway|freeway
estate agent|realtor
tap|faucet
taps|faucets
plaster|band aid
plasters|band aids
ladybird|ladybug
wellies|wellington boots|gumboots
wardrobe|closet
timber|lumber
maths|math
thank you cards|thank you notes
thank you card|thank you note
portable appliance testing|portable appliance testing test
quickly|rapidly
at once|simultaneously
in general|on the whole
exactly|precisely
refund|money back
wedding day|big day
mobile phone|cell phone|cellphone
mobile phones|cell phones|cellphones
get|obtain
getting|obtaining
keep|retain
keeps|retains
tell|inform
tells|informs
use|utilise
using|utilising
find|locate
ask for|request
while|whilst
about|in relation to|with respect to|with reference to
die|pass away
died|passed away
tip|gratuity
groom|bridegroom
napkin|serviette
napkins|serviettes
present|gift
presents|gifts
fridge|refrigerator
fridges|refrigerators
microphone|mic
microphones|mics
limousine|limo
limousines|limos
sofa|couch|settee
sofas|couches|settees
umbrella|brolly
umbrellas|brollies
starter|appetiser
starters|appetisers
bartender|barman|barkeeper
bartenders|barmen|barkeepers
dressmaker|seamstress
dressmakers|seamstresses
cash machine|cashpoint|atm
doctor|physician
doctors|physicians
drunk|inebriated|intoxicated
husband|hubby
postpone|put off
afterward|subsequently
`;

/** "About" and its like are the same only before a figure. */
export const BEFORE_FIGURES: ReadonlySet<string> = new Set(['roughly', 'approximately', 'around', 'about']);

interface Synonym {
  readonly words: readonly string[];
  readonly becomes: readonly string[];
}

/** Synonyms by their first word, the longest first. */
export const SYNONYMS: ReadonlyMap<string, readonly Synonym[]> = index();

function index(): ReadonlyMap<string, readonly Synonym[]> {
  const made = new Map<string, Synonym[]>();
  for (const line of CLASSES.trim().split('\n')) {
    const [first = '', ...others] = line.split('|').map((phrase) => phrase.trim());
    for (const other of others) {
      const words = other.split(' ');
      const synonym = { words, becomes: first.split(' ') };
      const shelf = made.get(words[0] ?? '');
      if (shelf === undefined) made.set(words[0] ?? '', [synonym]);
      else shelf.push(synonym);
    }
  }
  for (const shelf of made.values()) shelf.sort((one, other) => other.words.length - one.words.length);
  return made;
}
