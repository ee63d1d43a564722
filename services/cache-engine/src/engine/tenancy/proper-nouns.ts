/** Splits a list that is written as one text. */
const list = (text: string) => text.trim().split(/\s+/);

/**
 * Words with a capital that name no person: the calendar, faiths, nations, large places of the United Kingdom, Ireland and abroad, and the
 * abbreviations of the trade, all in lower case. Places that are given names as well (Clare, Kerry, Devon, Florence, Paris, …) are
 * left out, and so are small ones, which come close to an address.
 */
export const PROPER_NOUNS: ReadonlySet<string> = new Set([
  ...list(`january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    christmas easter halloween hogmanay diwali eid ramadan hanukkah passover lent advent boxing`),
  ...list(`catholic protestant anglican presbyterian methodist baptist quaker orthodox christian jewish muslim islamic hindu sikh
    buddhist jain pagan humanist secular civil`),
  ...list(`british english scottish welsh irish northern european american asian african caribbean indian pakistani bangladeshi
    chinese japanese korean thai vietnamese italian french spanish portuguese german greek turkish polish nigerian ghanaian
    jamaican mexican moroccan lebanese persian iranian arabic latin celtic gaelic western eastern`),
  ...list(`britain england scotland wales ireland ulster munster leinster connacht europe america
    italy france spain portugal germany greece cyprus malta croatia turkey switzerland austria iceland
    london edinburgh manchester glasgow cardiff belfast dublin birmingham leeds liverpool bristol sheffield newcastle nottingham
    leicester southampton portsmouth brighton oxford cambridge york bath aberdeen dundee inverness swansea cork galway limerick
    waterford cornwall dorset somerset wiltshire hampshire sussex surrey essex suffolk norfolk yorkshire lancashire cumbria
    northumberland durham cheshire derbyshire staffordshire shropshire worcestershire gloucestershire oxfordshire berkshire
    hertfordshire bedfordshire buckinghamshire cambridgeshire leicestershire lincolnshire nottinghamshire northamptonshire
    warwickshire herefordshire cotswolds highlands midlands snowdonia pembrokeshire donegal mayo wicklow kildare meath wexford
    kilkenny tipperary antrim fermanagh armagh`),
  ...list(`uk eu ni roi usa dj djs mc mcs rsvp rsvps led leds vat pli gdpr hmrc prs ppl spf tv tvs uv raw jpeg jpegs usb pdf pdfs ai iso dslr hdr
    am pm ok faq faqs id diy byo byob gf df qr lgbt ac dc`),
]);
