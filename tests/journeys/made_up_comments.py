"""Some sixty made-up comments about five things, for journeys on a clone without real files."""

import csv
from pathlib import Path

WAITING = """
The wait was too long and nobody told us why.
I waited more than two hours in a full room.
Waiting times should be shown on a board.
The waiting is worse than the treatment itself.
We waited and waited, with no word about the delay.
My appointment was at nine and I was seen at noon.
If you tell me how long the wait is, I can plan my day.
A long wait again. It is the same each time I come.
Shorter waiting times please, that would change everything.
Nobody came to say the clinic was running late.
I nearly left because the wait had no end.
Long wait, but the doctor said sorry for the delay.
Waiting three hours with a small child is very hard.
""".strip().splitlines()
PARKING = """
The car park was full and I drove round for half an hour.
Parking costs more than my lunch.
There are not enough spaces in the car park.
Please make parking free for people who come every week.
The parking machine was broken again.
I missed the start because I could not park the car.
The car park is far from the door when you walk with a stick.
Parking fees are not fair on people who are ill.
More disabled parking near the entrance, please.
My son had to wait in the car because all spaces were taken.
The signs to the car park are confusing.
""".strip().splitlines()
STAFF = """
The nurses were kind and friendly from start to end.
Every nurse knew my name.
Lovely staff, very caring and friendly.
The nurse held my hand when I was afraid.
Staff were helpful and explained everything kindly.
A friendly nurse makes all the difference.
The staff were so kind to my mother.
Caring nurses, thank you to all of them.
The receptionist was friendly and helpful.
Kind staff who listened to me.
The nurse took time for my questions and was so kind.
""".strip().splitlines()
LETTERS = """
The letter came after the day of the appointment.
My letter was full of words I could not understand.
Two letters arrived with two different dates.
I never got the letter about my results.
Please write letters in plain English.
The letter gave the wrong address for the clinic.
A text message would be better than a letter.
The appointment letter did not say what to bring.
Letters go to my old address although I told you twice.
I had to phone to ask what the letter meant.
The letter about my results took six weeks.
""".strip().splitlines()
FOOD = """
The food was cold by the time it came.
Food on the ward was tasty and hot.
There was no vegetarian food left for me.
Better food would help people get well.
I could not eat the food, it had no taste.
Breakfast came late and the toast was cold.
More fruit with the meals, please.
The meals were small and the food was bland.
A hot meal in the evening would be good.
The menu never changes, the same food all week.
""".strip().splitlines()
BLANK = ["Did not answer", "", "n/a", "Did not answer"]


def write_comments(path: Path) -> int:
    """Write the comments as a CSV file whose people have no names; return how many answers it holds."""
    texts = [*WAITING, *PARKING, *STAFF, *LETTERS, *FOOD, *BLANK]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["comment_id", "date", "service", "comment"])
        for number, text in enumerate(texts, start=1):
            writer.writerow([f"C{number}", f"{number % 28 + 1:02d}/03/2026", "Clinic", text])
    return len(texts)
