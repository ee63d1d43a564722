/** Questions that concern one wedding, each in several wordings. Their answers change with its dates. */
export const WEDDING_QUESTIONS: readonly (readonly string[])[] = [
  [
    'When are the final numbers due?',
    'By when do we need the final guest count?',
    'What is the deadline for final numbers?',
    'Final numbers: when?',
  ],
  [
    'When is the balance due?',
    'By what date must the rest be paid?',
    'When does the couple have to settle the remaining amount?',
    'Balance payment deadline?',
  ],
  [
    'What time does the ceremony start?',
    'When does the ceremony begin?',
    'Ceremony start time?',
    'At what time are they getting married?',
  ],
  [
    'How many guests are coming?',
    'What is the guest count?',
    'How many people have been invited and accepted?',
    'Number of guests?',
  ],
  [
    'When can we get in to set up?',
    'What time does set-up start?',
    'From when is access for setting up?',
    'Set-up access from what time?',
  ],
  [
    'By when do we have to be packed up and gone?',
    'What time must everything be cleared away?',
    'When does the breakdown have to be finished?',
    'Latest time to clear out?',
  ],
  [
    'Who is the contact on the day?',
    'Whom do we ring on the day?',
    'Who should be called on the day if something goes wrong?',
    'Day-of contact person?',
  ],
  [
    'What is the plan if it rains?',
    'What happens in case of rain?',
    'Is there a wet-weather plan, and what is it?',
    'Rain plan?',
  ],
  [
    'Which dietary needs have been noted?',
    'What special diets are on the list?',
    'What dietary requirements do the guests have?',
    'Any allergies or diets among the guests?',
  ],
  [
    'Where do we park?',
    'Where can suppliers leave their vans?',
    'Is there parking for us, and where?',
    'Supplier parking?',
  ],
  [
    'What is the address of the venue?',
    'Where exactly is the venue?',
    'What address do I put in the satnav?',
    'Venue address?',
  ],
  [
    'When are the speeches?',
    'At what point in the day do the speeches happen?',
    'What time are the speeches planned?',
    'Speeches: before or after dinner, and when?',
  ],
  [
    'What is the first dance song?',
    'Which song did they choose for the first dance?',
    'First dance: which track?',
    'What are they dancing to first?',
  ],
  [
    'What colours has the couple chosen?',
    'What is the colour scheme?',
    'Which colours are they going for?',
    'Colour palette?',
  ],
  ['Who is giving a speech?', 'Which people will speak?', 'Whose speeches are planned?', 'List of speakers?'],
  ['Is there a meal for suppliers?', 'Do we get fed on the day?', 'Are crew meals included?', 'Crew meals: yes or no?'],
  [
    'When does the meal start?',
    'What time is dinner served?',
    'When do guests sit down to eat?',
    'Wedding breakfast at what time?',
  ],
  [
    'How long do we have for the couple portraits?',
    'How much time is planned for portraits?',
    'What slot is there for photographs of the couple?',
    'Portrait time?',
  ],
  [
    'Which group photographs do they want?',
    'What is on the list of group shots?',
    'Which family groups are to be photographed?',
    'Group shot list?',
  ],
  [
    'When does the evening party start?',
    'What time do the evening guests arrive?',
    'From when are evening guests expected?',
    'Evening do starts when?',
  ],
  ['When does the bar close?', 'What time are last orders?', 'Until when is the bar open?', 'Bar closing time?'],
  [
    'Is there a noise limit?',
    'How loud may the music be?',
    'Does a sound limiter apply, and at what level?',
    'Sound limit at the venue?',
  ],
  [
    'What has been paid so far?',
    'How much has the couple paid already?',
    'Which payments have come in?',
    'Paid to date?',
  ],
  [
    'What is still open before the day?',
    'Which tasks are left to do?',
    'What remains to be done before the wedding?',
    'Open tasks?',
  ],
  [
    'How many children will be there?',
    'How many of the guests are children?',
    'What is the number of kids?',
    'Children count?',
  ],
  [
    'What do the couple want to be called?',
    'How are they to be announced?',
    'Under which names do we announce the couple?',
    'Names for the announcement?',
  ],
  [
    'Which extras did they book?',
    'What add-ons are in their package?',
    'What did they order on top of the package?',
    'Extras booked?',
  ],
  [
    'When is the next meeting with the couple?',
    'What date is our next call with them?',
    'When do we talk to the couple next?',
    'Next meeting?',
  ],
  [
    'What does the timeline of the day look like?',
    'Can I have the running order of the day?',
    'What happens when on the day?',
    'Day schedule?',
  ],
  [
    'Which other suppliers are booked?',
    'Who else is working on this wedding?',
    'Which vendors are on the team?',
    'Supplier list?',
  ],
];

/** What a vendor's own data answers: each question with the data it rests on, in several wordings. */
export const VENDOR_QUESTIONS: readonly {
  readonly tag: 'availability' | 'prices' | 'menus';
  readonly wordings: readonly string[];
}[] = [
  {
    tag: 'availability',
    wordings: [
      'Which Saturdays are still free in June?',
      'What June Saturdays do we have left?',
      'June: which Saturdays are open?',
      'Are any Saturdays in June unbooked?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'Which Saturdays are still free in July?',
      'What July Saturdays do we have left?',
      'July: which Saturdays are open?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'Which Saturdays are still free in August?',
      'What August Saturdays do we have left?',
      'August: which Saturdays are open?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'Which Saturdays are still free in September?',
      'What September Saturdays do we have left?',
      'September: which Saturdays are open?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'What is our next free weekend?',
      'When is the next weekend without a booking?',
      'Which weekend is open next?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'How many bookings do we have this month?',
      'What is the number of weddings we have this month?',
      'Bookings this month?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'Can we take a booking at short notice?',
      'Do we have room for a last-minute wedding?',
      'Last-minute bookings possible?',
    ],
  },
  {
    tag: 'availability',
    wordings: [
      'Are we open between Christmas and New Year?',
      'Do we work in the week after Christmas?',
      'Open over Twixmas?',
    ],
  },
  {
    tag: 'prices',
    wordings: [
      'What is our price for a Saturday?',
      'How much do we charge on Saturdays?',
      'Saturday rate?',
      'What do we ask for a Saturday?',
    ],
  },
  {
    tag: 'prices',
    wordings: ['What is our price on a weekday?', 'How much do we charge Monday to Thursday?', 'Midweek rate?'],
  },
  {
    tag: 'prices',
    wordings: ['How much deposit do we take?', 'What deposit do we ask for?', 'Our deposit: how much?'],
  },
  {
    tag: 'prices',
    wordings: ['What do we charge for travel?', 'How much is our travel supplement?', 'Our mileage rate?'],
  },
  {
    tag: 'prices',
    wordings: ['What does an extra hour with us cost?', 'How much do we charge for overtime?', 'Our overtime rate?'],
  },
  {
    tag: 'prices',
    wordings: ['What is in our basic package?', 'What does our smallest package include?', 'Basic package contents?'],
  },
  {
    tag: 'prices',
    wordings: [
      'What is in our premium package?',
      'What does our largest package include?',
      'Premium package contents?',
    ],
  },
  {
    tag: 'prices',
    wordings: ['Do we give a discount in winter?', 'Is there an off-season discount with us?', 'Our winter discount?'],
  },
  {
    tag: 'prices',
    wordings: ['Which payment methods do we take?', 'How can couples pay us?', 'Do we take cards or only transfers?'],
  },
  {
    tag: 'menus',
    wordings: ['Which packages do we offer?', 'What packages are on our list?', 'List of our packages?'],
  },
  {
    tag: 'menus',
    wordings: ['Which vegetarian options do we have?', 'What do we offer vegetarians?', 'Our vegetarian choices?'],
  },
  {
    tag: 'menus',
    wordings: ['What do we offer for children?', 'Which options do we have for kids?', "Our children's options?"],
  },
  {
    tag: 'menus',
    wordings: ['What is new on our list this season?', 'Which offers are new this season?', 'New this season?'],
  },
  { tag: 'menus', wordings: ['What sells best with us?', 'Which of our offers is booked most?', 'Our best seller?'] },
  {
    tag: 'menus',
    wordings: [
      'Can our standard offer be changed?',
      'How flexible is our standard offer?',
      'Is our standard package customisable?',
    ],
  },
  {
    tag: 'menus',
    wordings: [
      'What do we need from the venue?',
      'Which facilities do we need on site?',
      'Our technical requirements?',
    ],
  },
];
