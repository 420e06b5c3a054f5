"""What is said about an answer: message ids with facts in braces. `label` and `reason` are the pack's words."""

from engine.words import N_

REQUIRED = N_("This field is required.")
UNKNOWN_KEY = N_("This form has no field {key}. Reload the page; nothing was stored.")
TOO_MUCH = N_("All answers together may have at most {limit} kB; there are {count} kB.")
ONE_VALUE = N_("{label} takes one answer; there are {count}.")
NOT_A_CHOICE = N_("Please choose one of the answers offered for {label}.")

ROWS_MANY = N_("{label}: at most {limit} rows; there are {count}.")
ROWS_FEW = N_("{label}: at least {limit} rows; there are {count}.")
ROWS_FIXED = N_("{label}: rows can be corrected here, but none added or removed. Reload the page; nothing was stored.")
ROWS_BROKEN = N_("The rows of {label} cannot be told apart. Reload the page; nothing was stored.")

CONTROL = N_("{label} contains a character that cannot be printed (position {position}). Please type the text again.")
DIRECTION = N_(
    "{label} contains an invisible sign that reverses text (position {position}). Please type the text again."
)
BROKEN = N_("{label} contains a damaged character (position {position}). Please type the text again.")
TOO_LONG = N_("{label} may have at most {limit} characters; there are {count}.")
TOO_SHORT = N_("{label} needs at least {limit} characters; there are {count}.")
PATTERN = N_("{label} does not have the right format.")
PATTERN_BECAUSE = N_("{label} does not have the right format: {reason}")

NUMBER = N_("{label} must be a number such as 12,345.67.")
NUMBER_LONG = N_("{label} may have at most {limit} digits before the point.")
DECIMALS = N_("{label} may have at most {limit} digits after the point.")
WHOLE = N_("{label} must be a whole number.")
TOO_SMALL = N_("{label} must be at least {limit}.")
TOO_LARGE = N_("{label} must be at most {limit}.")

DATE = N_("{label} must be a date such as 2026-11-23.")
DATE_UNREAL = N_("{label}: this day does not exist in the calendar.")
DATE_RANGE = N_("{label} must be between the years 1900 and 2100.")
DATE_FUTURE = N_("{label} lies in the future.")

ID_LENGTH = N_("The ID number must have 18 characters.")
ID_OLD = N_("This is a 15-digit ID number. Please enter the 18-digit number of the current ID card.")
ID_CHARACTERS = N_("The ID number has 17 digits and a last character that is a digit or X.")
ID_CHECK_DIGIT = N_("The check digit of the ID number is wrong; please check the last digit.")
ID_BIRTH = N_("The ID number contains no real date of birth (characters 7 to 14).")
ID_FUTURE = N_("The date of birth in the ID number lies in the future.")
ID_AGE = N_("According to the ID number the person would be older than {limit} years.")
CARD_LENGTH = N_("A bank card number has 16 to 19 digits.")
CARD_CHECK_DIGIT = N_("The bank card number is wrong; please check each digit.")
MOBILE = N_("The mobile number must have 11 digits and start with 1.")
NAME_LONG = N_("A name may have at most {limit} characters; there are {count}.")
NAME_CHARACTERS = N_("A name consists of characters or letters; please remove: {characters}")
