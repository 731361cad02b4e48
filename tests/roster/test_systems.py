# ruff: noqa: E501 - rows of exports are wide
"""What each HR system exports: people in = people out, forbidden values nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auditor.model.roster import rows_add_up
from tests.roster.making import judged

#: Values that no structure may ever hold.
SECRETS = (
    "999900",
    "BE71",
    "NL91",
    "1987-06-05",
    "05-06-1987",
    "Geheimstraat",
    "griep",
    "Utopisch",
    "Echtgenote",
)


@dataclass(frozen=True)
class System:
    text: str
    people: dict[str, tuple[str, str]]
    fields: dict[str, str] = field(default_factory=dict)


SYSTEMS = {
    "AFAS": System(
        "Medewerker;Roepnaam;Voornaam;Voorvoegsel;Geboortenaam;Voorvoegsel_partner;Geboortenaam_partner;Naamgebruik;"
        "Functie;Functie_omschrijving;Begindatum_functie;Einddatum_functie;Datum in dienst;Datum uit dienst;"
        "Werkgever_omschrijving;Soort_medewerker;Volgnummer_contract;BSN;Geboortedatum\n"
        "10;Tess;Theresia;van;Voorbeeld;;;;12;Planner;01-01-2022;31-12-2022;01-01-2020;;Acme BV;P;1;999900001;05-06-1987\n"
        "11;Odd;Oddvar;;Verzinsel;de;Fictie;Partner - eigen;13;Inkoper;01-01-2022;;13-01-2020;30-09-2026;Acme BV;P;1;999900002;05-06-1987\n"
        "12;Ine;Ine;;Bedacht;;;;14;Raad;01-01-2022;;13-01-2020;;Acme BV;N;1;999900003;05-06-1987\n",
        {
            "10": ("Tess van Voorbeeld", "active"),
            "11": ("Odd de Fictie-Verzinsel", "leaver_overdue"),
            "12": ("Ine Bedacht", "excluded"),
        },
        {
            "Functie_omschrijving": "job_title",
            "Einddatum_functie": "ignore",
            "Werkgever_omschrijving": "legal_entity",
        },
    ),
    "Nmbrs": System(
        "Debiteurnr;Bedrijfnr;Persnr;Naam;Voorletters;Roepnaam;Voornamen;Voorvoegsels;VoorvoegselsPartner;NaamPartner;"
        "NaamSamenstelling;BSN;Geboortedatum;IdNummer;Datum in dienst;Datum uit dienst\n"
        "7;1;1;Berg;T.;Tess;Theresia;van den;;;1;999900001;05-06-1987;999900;01-01-2020;\n"
        "7;2;1;Verzinsel;O.;Odd;Oddvar;;;;1;999900002;05-06-1987;999900;01-01-2020;30-09-2026\n"
        "7;2;2;Bedacht;I.;Ine;Ine;;de;Boer;4;999900003;05-06-1987;999900;13-01-2020;\n",
        {
            "7/1/1": ("Tess van den Berg", "active"),
            "7/2/1": ("Odd Verzinsel", "leaver_overdue"),
            "2": ("Ine Bedacht-de Boer", "active"),
        },
    ),
    "SD Worx BE": System(
        "INSZ-nummer;Naam werknemer: Achternaam;Naam werknemer: Voornaam;Naam echtgenote (oot);Personeelsnummer;"
        "Functie;Functie (Oms);Vennootschap (Oms);Datum in dienst;Datum uit dienst;Rekeningnummer\n"
        "999900001;Van Den Broeck;Tess;Echtgenote A;501;F1;Bediende onthaal;Acme NV;13/01/2020;;BE71\n"
        "999900002;Verzinsel;Odd;Echtgenote B;502;F2;Boekhouder;Acme NV;13/01/2020;15/11/2026;BE71\n",
        {"501": ("Tess Van Den Broeck", "active"), "502": ("Odd Verzinsel", "leaver_grace")},
        {"Functie (Oms)": "job_title"},
    ),
    "SD Worx NL": System(
        "PersonNumber,Lastname,Prefixes,SpouseLastname,SpousePrefixes,Nickname,LastNameFormat,EpisodeStartDate,"
        "EpisodeEndDate,FunctionLongName,OrganizationName,ContractType\n"
        "1,Berg,van den,,,Tess,Own,2018-01-01,2019-12-31,Clerk,Acme,Fixed\n"
        "1,Berg,van den,,,Tess,Own,2025-03-01,,Clerk,Acme,Fixed\n"
        "2,Verzinsel,,,,Odd,Own,2018-01-01,2026-09-30,Clerk,Acme,Intern\n",
        {"1": ("Tess van den Berg", "active"), "2": ("Odd Verzinsel", "contractor_ended")},
    ),
    "Visma.net": System(
        "Employee number,First name,Last name,Work email,Employment start date,Employment end date,Status\n"
        "900,Tess,Voorbeeld,tess@acme.example,2024-01-01,2025-12-31,Terminated\n"
        "977,Tess,Voorbeeld,tess@acme.example,2026-01-01,,Active\n"
        "901,Odd,Verzinsel,odd@acme.example,2024-01-01,2026-09-30,Terminated\n",
        {"977": ("Tess Voorbeeld", "active"), "901": ("Odd Verzinsel", "leaver_overdue")},
    ),
    "ADP NL": System(
        "workerID,givenName,familyName,actualStartDate,terminationDate,reportsTo[],jobTitle\n"
        "W1,Tess,Voorbeeld,2020-01-01,,Ine Bedacht,Planner\n"
        "W1,Tess,Voorbeeld,2021-01-01,2023-01-01,Odd Verzinsel,Buyer\n"
        "W2,Odd,Verzinsel,2020-01-01,2026-09-30,Ine Bedacht,Buyer\n",
        {"W1": ("Tess Voorbeeld", "active"), "W2": ("Odd Verzinsel", "leaver_overdue")},
    ),
    "ADP US": System(
        "Payroll Name,File Number,Position Status,Hire Date,Termination Date,Job Title Description,Birth Date\n"
        '"Voorbeeld, Tess",000101,Active,01/13/2020,,Planner,1987-06-05\n'
        '"Verzinsel, Odd",000102,Terminated,02/20/2020,11/03/2026,Buyer,1987-06-05\n'
        '"Bedacht, Ine",000103,Leave,03/25/2020,,Buyer,1987-06-05\n',
        {
            "000101": ("Tess Voorbeeld", "active"),
            "000102": ("Odd Verzinsel", "leaver_overdue"),
            "000103": ("Ine Bedacht", "long_leave"),
        },
    ),
    "BambooHR": System(
        "Employee #,Last Name,First Name,Hire Date,originalHireDate,rehireDate,Termination Date,Employment Status,Status,"
        "Job Title,Reporting to,Gender\n"
        "1,Voorbeeld,Tess,01/13/2020,01/13/2020,,,Full-Time,Active,Planner,Ine Bedacht,Female\n"
        "2,Verzinsel,Odd,01/13/2020,01/13/2020,,12/31/2026,Full-Time,Active,Planner,Ine Bedacht,Male\n"
        "3,Bedacht,Ine,01/13/2019,01/13/2019,02/20/2025,06/30/2022,Full-Time,Active,Boss,,Female\n"
        "4,Fictie,Uwe,01/13/2019,01/13/2019,,,Terminated,Inactive,Boss,,Male\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "2": ("Odd Verzinsel", "leaving_soon"),
            "3": ("Ine Bedacht", "active"),
            "4": ("Uwe Fictie", "conflict"),
        },
    ),
    "Personio": System(
        "Personalnummer;Vorname;Nachname;Status;Position;Abteilung;Anstelldatum;Vertragsende;Ende des Arbeitsverhältnisses;"
        "Geburtsdatum;IBAN\n"
        "1;Tess;Voorbeeld;Aktiv;Planerin;X;13.01.2020;31.12.2026;;05-06-1987;NL91\n"
        "2;Odd;Verzinsel;Inaktiv;Käufer;X;13.01.2020;;30.09.2026;05-06-1987;NL91\n"
        "3;Ine;Bedacht;Onboarding;Käuferin;X;04.01.2027;;;05-06-1987;NL91\n"
        "4;Uwe;Fictie;Elternzeit;Käufer;X;13.01.2020;;;05-06-1987;NL91\n"
        "5;Abe;Leeg;Inaktiv;Käufer;X;13.01.2020;31.10.2026;;05-06-1987;NL91\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "2": ("Odd Verzinsel", "leaver_overdue"),
            "3": ("Ine Bedacht", "future_starter"),
            "4": ("Uwe Fictie", "long_leave"),
            "5": ("Abe Leeg", "conflict"),
        },
    ),
    "HiBob": System(
        "Employee ID,Display name,Email,Lifecycle status,Start date,Termination date,about.linkedinProfile\n"
        "1,Tess Voorbeeld,tess@acme.example,Employed,2020-01-13,,https://linkedin.com/in/tess\n"
        "2,Odd Verzinsel,odd@acme.example,Terminated,2020-01-13,2026-09-30,\n"
        "3,Ine Bedacht,ine@acme.example,Garden Leave,2020-01-13,2026-12-31,\n"
        "4,Uwe Fictie,uwe@acme.example,Hired,2027-01-04,,\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "2": ("Odd Verzinsel", "leaver_overdue"),
            "3": ("Ine Bedacht", "long_leave"),
            "4": ("Uwe Fictie", "future_starter"),
        },
    ),
    "Workday": System(
        "All Workers - Acme\nEffective date,11/01/2026\nCompany,Acme\n\n"
        "Worker,Employee ID,Worker Type,Active Status,Hire Date,Termination Date,Business Title,Company\n"
        "Tess Voorbeeld,1,Employee,Yes,2020-01-13,,Planner,Acme\n"
        "Odd Verzinsel (Terminated),2,Employee,No,2020-01-13,2026-09-30,Buyer,Acme\n"
        "Ine Bedacht (On Leave),3,Employee,Yes,2020-01-13,,Buyer,Acme\n"
        "Uwe Fictie [C],4,Contingent Worker,Yes,2020-01-13,,Buyer,Acme\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "2": ("Odd Verzinsel", "leaver_overdue"),
            "3": ("Ine Bedacht", "long_leave"),
            "4": ("Uwe Fictie", "contractor_active"),
        },
    ),
    "SuccessFactors": System(
        "STATUS,USERID,FIRSTNAME,LASTNAME,middleName,EMAIL,TITLE,MANAGER,hireDate,endDate\n"
        "Status,User ID,First Name,Last Name,Middle Name,Email,Title,Manager,Hire Date,End Date\n"
        "Active,u1,Tess,Voorbeeld,van,tess@acme.example,Planner,u3,13.01.2020,31.12.9999\n"
        "Inactive,u2,Odd,Verzinsel,017,odd@acme.example,Buyer,u3,13.01.2020,31.12.9999\n"
        "Inactive,u3,Ine,Bedacht,,ine@acme.example,Boss,,13.01.2020,30.09.2026\n",
        {
            "u1": ("Tess van Voorbeeld", "active"),
            "u2": ("Odd Verzinsel", "conflict"),
            "u3": ("Ine Bedacht", "leaver_overdue"),
        },
    ),
    "Exact": System(
        "Personeelsnummer;Geboortenaam;Geboortenaam Voorvoegsel;Roepnaam;Zakelijk E-mailadres;Actief Dienstverband;"
        "Datum uit dienst;Reden verzuim\n"
        "1;Berg;van der;Tess;tess@acme.example;Ja;;griep\n"
        "2;Verzinsel;;Odd;odd@acme.example;Nee;30-09-2026;\n",
        {"1": ("Tess van der Berg", "active"), "2": ("Odd Verzinsel", "leaver_overdue")},
    ),
    "Robaws": System(
        "FIRSTNAME;LASTNAME;FUNCTION;EMPLOYEESINCE;EMPLOYEEGONE;STATUS;TYPE;EMPLOYEESTATUTE;INSZ;EMAIL;STRAAT\n"
        "Tess;Voorbeeld;Monteur;13/01/2020;;Actief;Loondienst;Arbeider;999900001;tess@acme.example;Geheimstraat 1\n"
        "Odd;Verzinsel;Monteur;13/01/2020;30/09/2026;Uit dienst;Interim;Arbeider;999900002;odd@acme.example;Geheimstraat 2\n"
        "Ine;Bedacht;Monteur;13/01/2020;;Actief;Zelfstandig;;999900003;ine@acme.example;Geheimstraat 3\n",
        {
            "mail-1": ("Tess Voorbeeld", "active"),
            "mail-2": ("Odd Verzinsel", "contractor_ended"),
            "mail-3": ("Ine Bedacht", "contractor_active"),
        },
    ),
    "Entra": System(
        "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,"
        "usageLocation,streetAddress\n"
        "tess@acme.example,Tess Voorbeeld,Voorbeeld,tess@acme.example,Tess,aa-1,Member,Planner,X,True,BE,Geheimstraat 1\n"
        "odd@acme.example,Odd Verzinsel,Verzinsel,odd@acme.example,Odd,aa-2,Member,Buyer,X,False,BE,Geheimstraat 1\n"
        "ine_x.example#EXT#@acme.example,Ine Bedacht,Bedacht,ine@x.example,Ine,aa-3,Guest,,X,True,BE,\n"
        "zaal2@acme.example,Vergaderzaal 2,,zaal2@acme.example,,aa-4,Member,,X,True,BE,\n"
        "svc_backup@acme.example,svc_backup,,svc_backup@acme.example,,aa-5,Member,,X,True,BE,\n",
        {"aa-1": ("Tess Voorbeeld", "active"), "aa-2": ("Odd Verzinsel", "conflict")},
    ),
    "Google": System(
        "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Employee ID,Employee Type,"
        "Employee Title,Manager Email,Department\n"
        "Tess,Voorbeeld,tess@acme.example,Active,1,,Planner,ine@acme.example,X\n"
        "Odd,Verzinsel,odd@acme.example,Suspended,2,Contractor,Buyer,ine@acme.example,X\n",
        {"1": ("Tess Voorbeeld", "active"), "2": ("Odd Verzinsel", "conflict")},
    ),
    "Microsoft 365 admin centre": System(
        "Block credential,City,DirSyncEnabled,Display name,First name,Last name,Licenses,Object Id,Soft deletion time stamp,Title,"
        "User principal name,When created\n"
        "False,Gent,True,Tess Voorbeeld,Tess,Voorbeeld,E3,m-1,,Planner,tess@acme.example,2020-01-05 10:00:00Z\n"
        "True,Gent,True,Odd Verzinsel,Odd,Verzinsel,,m-2,,Buyer,odd@acme.example,2020-01-05 10:00:00Z\n"
        "False,Gent,True,Meeting Room 4,,,Unlicensed,m-3,,,room4@acme.example,2020-01-05 10:00:00Z\n"
        "False,,,Ine Bedacht,Ine,Bedacht,,m-4,2026-10-02 08:00:00Z,Buyer,ine@acme.example,2020-01-05 10:00:00Z\n",
        {
            "m-1": ("Tess Voorbeeld", "active"),
            "m-2": ("Odd Verzinsel", "conflict"),
            "m-4": ("Ine Bedacht", "conflict"),
        },
        {
            "Block credential": "account_blocked",
            "Soft deletion time stamp": "account_deleted",
            "When created": "",
        },
    ),
    "Entra by Graph": System(
        "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,accountEnabled,employeeId,employeeHireDate,"
        "employeeLeaveDateTime,companyName\n"
        "tess@acme.example,Tess Voorbeeld,Voorbeeld,tess@acme.example,Tess,o1,Member,Planner,True,1,2020-01-05T00:00:00Z,,Acme\n"
        "ine_x#EXT#@acme.example,Ine Bedacht,Bedacht,ine@x.example,Ine,o2,Guest,,True,,,,X\n"
        "odd@acme.example,Odd Verzinsel,Verzinsel,odd@acme.example,Odd,o3,Member,Buyer,False,3,2020-01-05T00:00:00Z,"
        "2026-09-30T00:00:00Z,Acme\n"
        "uwe@acme.example,Uwe Fictie,Fictie,uwe@acme.example,Uwe,o4,Member,Buyer,True,4,2020-01-05T00:00:00Z,"
        "2026-09-30T00:00:00Z,Acme\n"
        "abe@acme.example,Abe Leeg,Leeg,abe@acme.example,Abe,o5,Member,Buyer,True,5,2027-01-04T00:00:00Z,,Acme\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "3": ("Odd Verzinsel", "leaver_overdue"),
            "4": ("Uwe Fictie", "conflict"),
            "5": ("Abe Leeg", "future_starter"),
        },
        {
            "employeeHireDate": "start_date",
            "employeeLeaveDateTime": "end_date",
            "accountEnabled": "account_enabled",
        },
    ),
    "Google by GAM": System(
        "primaryEmail,name.fullName,name.givenName,name.familyName,suspended,archived,orgUnitPath,creationTime\n"
        "tess@acme.example,Tess Voorbeeld,Tess,Voorbeeld,False,False,/,2020-01-05T00:00:00Z\n"
        "odd@acme.example,Odd Verzinsel,Odd,Verzinsel,True,False,/,2020-01-05T00:00:00Z\n"
        "ine@acme.example,Ine Bedacht,Ine,Bedacht,False,True,/,2020-01-05T00:00:00Z\n",
        {
            "mail-1": ("Tess Voorbeeld", "active"),
            "mail-2": ("Odd Verzinsel", "conflict"),
            "mail-3": ("Ine Bedacht", "conflict"),
        },
    ),
    "Okta": System(
        "id,status,profile.login,profile.email,profile.firstName,profile.lastName,profile.title,profile.employeeNumber\n"
        "u1,ACTIVE,tess@acme.example,tess@acme.example,Tess,Voorbeeld,Planner,1\n"
        "u2,SUSPENDED,odd@acme.example,odd@acme.example,Odd,Verzinsel,Buyer,2\n"
        "u3,DEPROVISIONED,ine@acme.example,ine@acme.example,Ine,Bedacht,Buyer,3\n"
        "u4,LOCKED_OUT,uwe@acme.example,uwe@acme.example,Uwe,Fictie,Buyer,4\n",
        {
            "1": ("Tess Voorbeeld", "active"),
            "2": ("Odd Verzinsel", "conflict"),
            "3": ("Ine Bedacht", "conflict"),
            "4": ("Uwe Fictie", "conflict"),
        },
        {"profile.firstName": "given_name"},
    ),
    "Officient FR": System(
        "Matricule;Prénom;Nom;Fonction;Entité;Statut;Date d'entrée;Date de sortie;Nationalité;Profil LinkedIn\n"
        "1;Tess;Exemple;Planificatrice;Acme SA;En service;1er janvier 2020;;Utopisch;linkedin.com/in/tess\n"
        "2;Odd;Inventé;Acheteur;Acme SA;Sorti;13/01/2020;30 septembre 2026;Utopisch;\n"
        "3;Ine;Fictive;Acheteuse;Acme SA;Congé de maladie longue durée;13/01/2020;indéterminée;Utopisch;\n",
        {
            "1": ("Tess Exemple", "active"),
            "2": ("Odd Inventé", "leaver_overdue"),
            "3": ("Ine Fictive", "long_leave"),
        },
    ),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_people_in_are_people_out(tmp_path: Path, name: str) -> None:
    system = SYSTEMS[name]
    people = judged(tmp_path, system.text)
    found = {one.employee_id: (one.full_name, str(one.roster_state)) for one in people.employees}
    if any(key.startswith("mail-") for key in system.people):
        assert list(found.values()) == list(system.people.values())
        assert all(key.startswith("mail-") for key in found)
    else:
        assert found == system.people
    assert rows_add_up(people.reading)
    assert not [secret for secret in SECRETS if secret in repr(people)]
    mapping = dict(people.reading.mapping)
    assert {heading: mapping[heading] for heading in system.fields} == system.fields
