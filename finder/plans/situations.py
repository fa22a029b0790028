"""What a person may say about themselves: closed sets, codes for addresses, labels in plain words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Substance(TextChoices):
    """What is used. `SEVERAL` is "more than one" from someone who does not say which."""

    ALCOHOL = "alcohol", _("Alcohol")
    OPIOIDS = "opioids", _("Opioids: fentanyl, heroin, pain pills")
    BENZODIAZEPINES = "benzodiazepines", _("Benzodiazepines: Xanax, Valium, Klonopin")
    SLEEPING_PILLS = "sleeping_pills", _("Sleeping pills")
    BARBITURATES = "barbiturates", _("Barbiturates")
    GHB = "ghb", _("GHB")
    PHENIBUT = "phenibut", _("Phenibut")
    STIMULANTS = "stimulants", _("Stimulants: meth, cocaine, crack, Adderall")
    CANNABIS = "cannabis", _("Cannabis: marijuana, weed")
    KRATOM = "kratom", _("Kratom or 7-OH")
    OTHER = "other", _("Something else")
    SEVERAL = "several", _("More than one")


class Situation(TextChoices):
    FOR_ME = "for_me", _("This is for me")
    FOR_MY_CHILD = "for_my_child", _("This is for my child")
    FOR_SOMEONE_ELSE = "for_someone_else", _("This is for someone else")
    FOR_A_CLIENT = "for_a_client", _("This is for a client")
    PREGNANT = "pregnant", _("Pregnant")
    UNDER_18 = "under_18", _("Under 18")
    CHILDREN_TO_BRING = "children_to_bring", _("Children to bring")
    VETERAN = "veteran", _("Veteran")
    IN_THE_MILITARY = "in_the_military", _("In the military now")
    NATIVE_AMERICAN = "native_american", _("American Indian or Alaska Native")
    SPANISH = "spanish", _("Spanish is easier")
    CANNOT_TRAVEL = "cannot_travel", _("Cannot travel")
    SLEEP_TROUBLE = "sleep_trouble", _("Trouble sleeping")
    MENTAL_HEALTH = "mental_health", _("Mental health too")
    OUT_OF_JAIL = "out_of_jail", _("Just out of jail or prison")
    OUT_OF_HOSPITAL = "out_of_hospital", _("Just out of the hospital")
    OUT_OF_DETOX = "out_of_detox", _("Just out of detox")
    ON_METHADONE = "on_methadone", _("On methadone now")
    ON_BUPRENORPHINE = "on_buprenorphine", _("On buprenorphine now, such as Suboxone")
    ON_PROBATION = "on_probation", _("On probation or parole")
    WANTS_DETOX = "wants_detox", _("Wants detox")


SEDATIVES = frozenset(
    {
        Substance.BENZODIAZEPINES,
        Substance.SLEEPING_PILLS,
        Substance.BARBITURATES,
        Substance.GHB,
        Substance.PHENIBUT,
    }
)
DANGEROUS_TO_STOP = SEDATIVES | {Substance.ALCOHOL}
"""Stopping suddenly can bring seizures, delirium, death."""
NOT_KNOWN_WHICH = frozenset({Substance.OTHER, Substance.SEVERAL})
"""Something dangerous to stop may be among them: unknown is not no."""

JUST_OUT = frozenset({Situation.OUT_OF_JAIL, Situation.OUT_OF_HOSPITAL, Situation.OUT_OF_DETOX})
ON_OPIOID_MEDICINE = frozenset({Situation.ON_METHADONE, Situation.ON_BUPRENORPHINE})
FOR_ANOTHER = frozenset({Situation.FOR_MY_CHILD, Situation.FOR_SOMEONE_ELSE})
