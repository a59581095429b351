"""Words of forms and answers in English, German, French, Spanish and Dutch: tables, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

# Titles of columns, parted by bars, under what they hold. What a form tool adds is left out.
_TITLES: Mapping[str, str] = {
    "name": """
        name | name2 | full name | your name | first and last name | name and surname | first name | given
        name | last name | surname | family name | participant | preferred name | name first last | vorname
        | nachname | familienname | vor- und nachname | vor- und zuname | vollständiger name | name vorname
        | vorname name | nom | prénom | nom complet | nom et prénom | prénom et nom | nom de famille |
        nombre | apellido | apellidos | nombre completo | nombre y apellidos | nombre y apellido | naam |
        voornaam | achternaam | volledige naam | voor- en achternaam""",
    "email": """
        email | email2 | e-mail | email address | e-mail address | mail | work email | work e-mail |
        username | work email address | company email | e-mail-adresse | email-adresse | mailadresse |
        dienstliche e-mail | nutzername | benutzername | adresse e-mail | adresse mail | adresse
        électronique | courriel | nom d'utilisateur | correo | correo electrónico | dirección de correo
        electrónico | dirección de correo | nombre de usuario | e-mailadres | emailadres | gebruikersnaam""",
    "role": """
        role | i would like to be | i would like to be a | i would like to be a an | i want to be | i want
        to be a | i want to be a an | what would you like to be | would you like to be a | i want to take
        part as | signing up as | applying as | apply as | register as | registering as | i register as |
        desired role | role applied for | type of participant | mentor or mentee | mentor, mentee or both |
        mentor, a mentee, or either | join as | sign up as | take part as | would you like to be a mentor or
        a mentee | role in the program | preferred role | mentoring role | participate as | rolle |
        gewünschte rolle | rolle im programm | in welcher rolle möchten sie teilnehmen | ich möchte
        mitmachen als | ich mache mit als | ich nehme teil als | ich melde mich an als | anmeldung als | was
        möchten sie sein | mentor oder mentee | mentor:in oder mentee | teilnahme als | ich möchte
        teilnehmen als | mentor, mentee oder beides | rôle | rôle souhaité | je souhaite être | je voudrais
        être | je souhaite participer en tant que | je m'inscris en tant que | je m'inscris comme |
        inscription en tant que | vous souhaitez être | mentor ou mentee | mentor ou mentoré | participer en
        tant que | rol | rol deseado | rol en el programa | me gustaría ser | quiero ser | quiero participar
        como | me inscribo como | inscripción como | mentor o mentee | participar como | papel | mentor of
        mentee | deelnemen als | ik doe mee als | ik meld me aan als | aanmelden als | gewenste rol | how
        would you like to take part | how do you want to take part | how would you like to participate | wie
        möchten sie teilnehmen | wie möchten sie mitmachen | comment souhaitez-vous participer | cómo quiere
        participar | hoe wil je meedoen | hoe wilt u deelnemen""",
    "unit": """
        unit | business unit | department | team | division | department or team | directorate |
        organisation unit | where do you work | department do you work in | team do you work in | your area
        | function | abteilung | bereich | einheit | fachbereich | organisationseinheit | referat |
        dienststelle | in welcher abteilung arbeiten sie | service | département | unité | direction |
        équipe | departamento | unidad | área | equipo | división | afdeling | eenheid | dienst | directie""",
    "grade": """
        grade | level | band | job level | job grade | pay band | pay grade | career level | seniority |
        besoldungsgruppe | entgeltgruppe | stufe | karrierestufe | gehaltsstufe | hierarchieebene | ebene |
        niveau | échelon | niveau hiérarchique | nivel | grado | categoría | nivel jerárquico | schaal |
        salarisschaal | functieniveau""",
    "manager": """
        manager | line manager | reports to | supervisor | boss | manager's name | name of your manager |
        manager's email | manager email | line manager's email | line manager's name | name of your line
        manager | who do you report to | line manager email address | manager e-mail address | vorgesetzte |
        vorgesetzter | vorgesetzte person | führungskraft | direkte führungskraft | responsable | supérieur
        | supérieur hiérarchique | manager direct | responsable hiérarchique | jefe | superior | jefe
        directo | supervisora | gerente | leidinggevende | direct leidinggevende""",
    "topics": """
        topics | topic | topics could you show or would you like to learn | topics of interest | preferred
        topics | which topics | themen | thema | wunschthemen | thèmes | thème | sujets | sujet | temas |
        tema | onderwerpen | onderwerp | thema's""",
    "skills": """
        skills | skills offered | skills you can offer | what can you teach | can teach | can offer | i can
        teach | skills to share | what could you teach | expertise | strengths | what can you share |
        fähigkeiten | kompetenzen | das kann ich zeigen | kann ich anbieten | kenntnisse | compétences |
        savoir-faire | compétences proposées | habilidades | competencias | puedo enseñar | vaardigheden |
        kan ik aanbieden""",
    "learn": """
        learn | want to learn | things to learn | what do you want to learn | what would you like to learn |
        would like to learn | learning goals | learning interests | i want to learn | lernwünsche | lernen |
        das möchte ich lernen | was möchten sie lernen | lernziele | apprendre | souhaits d'apprentissage |
        que souhaitez-vous apprendre | je souhaite apprendre | aprender | quiero aprender | qué quiere
        aprender | leren | leerwensen | wat wil je leren | ik wil leren | what would you like to be able to
        do afterwards | what would you like to be able to do after the program | what do you want to be able
        to do afterwards | what do you hope to learn | what would you like to get better at | was möchten
        sie danach können | was möchten sie am ende können | was möchten sie nachher können | que
        souhaitez-vous savoir faire ensuite | que voudriez-vous savoir faire après | qué le gustaría saber
        hacer después | qué quiere saber hacer al final | wat wil je daarna kunnen | wat wilt u na afloop
        kunnen""",
    "goals": """
        goals | goal | program goals | which goals | ziele | ziel | programmziele | objectifs | objectif |
        objetivos | objetivo | doelen | doel | doelstellingen""",
    "working-style": """
        working style | work style | how do you like to work | style of working | arbeitsstil | arbeitsweise
        | style de travail | façon de travailler | estilo de trabajo | forma de trabajar | werkstijl |
        manier van werken""",
    "communication-style": """
        communication style | how do you like to be talked to | style of communication | kommunikationsstil
        | style de communication | estilo de comunicación | communicatiestijl""",
    "interests": """
        interests | hobbies | interests and hobbies | hobbies and interests | personal interests |
        interessen | interessen und hobbys | hobbys | intérêts | centres d'intérêt | loisirs | intereses |
        aficiones | interesses | hobby's""",
    "languages": """
        languages | language | languages spoken | which languages do you speak | spoken languages | sprachen
        | sprache | gesprochene sprachen | langues | langue | langues parlées | idiomas | idioma | lenguas |
        talen | taal | gesproken talen""",
    "timezone": """
        timezone | time zone | which time zone are you in | zeitzone | fuseau horaire | fuseau | zona
        horaria | huso horario | tijdzone""",
    "hours": """
        hours | availability | available hours | working hours | when can you meet | times available | when
        in the week can you meet | preferred hours | arbeitszeit | arbeitszeiten | verfügbarkeit | zeiten |
        uhrzeit | erreichbarkeit | wann haben sie zeit | heures | disponibilité | disponibilités | horaires
        | horas | disponibilidad | horario | uren | beschikbaarheid | werktijden | when are you usually free
        | when are you free | when are you available | when are you usually available | when do you have
        time | when do you usually have time | what times suit you | which hours suit you | wann haben sie
        meist zeit | wann haben sie normalerweise zeit | wann haben sie in der regel zeit | wann können sie
        | wann sind sie meist erreichbar | wann passt es ihnen | quand êtes-vous disponible | quand
        êtes-vous généralement disponible | quand êtes-vous libre | cuándo está disponible | cuándo suele
        estar disponible | cuándo tiene tiempo | wanneer ben je meestal vrij | wanneer heb je tijd | wanneer
        bent u beschikbaar""",
    "location": """
        location | meeting preference | remote or in person | in person or remote | how would you like to
        meet | meeting format | art der treffen | remote oder vor ort | vor ort oder online | à distance ou
        en personne | présentiel ou à distance | presencial o remoto | modalidad | online of op locatie""",
    "capacity": """
        capacity | how many mentees | number of mentees | how many pairings | number of pairings | how many
        people can you mentor | how many | kapazität | anzahl mentees | wie viele mentees | anzahl tandems |
        capacité | nombre de mentees | nombre de mentorés | capacidad | número de mentees | capaciteit |
        aantal mentees""",
    "not-with": """
        not with | not to be paired with | do not pair with | who should you not be paired with | exclude |
        people you should not be paired with | conflicts of interest | nicht mit | nicht zusammen mit | pas
        avec | ne pas associer avec | no con | no emparejar con | niet met | niet koppelen aan | is there
        anyone you would rather not be paired with | is there anyone you should not be paired with | is
        there anybody you would rather not be paired with | is there anyone you would prefer not to be
        paired with | is there anyone you would rather not be matched with | is there anyone we should not
        pair you with | anyone you would rather not be paired with | anyone you would rather not meet | who
        would you rather not be paired with | who would you rather not meet | who should we not pair you
        with | who should we not match you with | who should you not be matched with | mit wem möchten sie
        nicht zusammenarbeiten | mit wem möchten sie nicht gepaart werden | mit wem möchten sie nicht
        zusammen sein | mit wem möchten sie lieber nicht zusammenarbeiten | mit wem möchten sie kein tandem
        bilden | gibt es jemanden, mit dem sie nicht zusammenarbeiten möchten | avec qui ne souhaitez-vous
        pas être en binôme | avec qui préférez-vous ne pas être en binôme | y a-t-il quelqu'un avec qui vous
        ne souhaitez pas être en binôme | avec qui ne souhaitez-vous pas travailler | con quién no quiere
        que le emparejemos | con quién prefiere no ser emparejado | con quién no desea trabajar | met wie
        wil je niet gekoppeld worden | met wie wilt u liever niet gekoppeld worden | met wie wil je niet
        samenwerken""",
    "earlier": """
        earlier | earlier pairings | previous mentor | previous mentee | previous pairings | paired before |
        previous mentor or mentee | past pairings | earlier mentor | earlier mentee | frühere tandems |
        bisherige tandems | frühere paarungen | binômes précédents | parejas anteriores | emparejamientos
        anteriores | eerdere koppelingen""",
    "consent": """
        consent | name may be shown | may we show your name | may we publish your name | publication of name
        | may your name stand in the handbook, and for whom | who may see your name | who may read your name
        | einwilligung | einverständnis | zustimmung | wer darf ihren namen sehen | namensnennung |
        consentement | qui peut voir votre nom | accord | consentimiento | quién puede ver su nombre |
        toestemming | wie mag uw naam zien | wie mag je naam zien | may your name be on the site | may your
        name be shown on the site | may your name appear on the site | can we show your name on the site |
        may we show your name on the site | who can see your name | darf ihr name auf die seite | darf ihr
        name auf der seite stehen | darf ihr name gezeigt werden | dürfen wir ihren namen zeigen | dürfen
        wir ihren namen nennen | wer darf deinen namen sehen | votre nom peut-il figurer sur le site |
        pouvons-nous afficher votre nom | puede aparecer su nombre en el sitio | podemos mostrar su nombre |
        mag uw naam op de site | mag je naam op de site | mogen we je naam tonen""",
    "leave-out": """
        id | timestamp | start time | completion time | last modified time | submitted on | submitted at |
        submission date | submission id | response id | respondent id | date submitted | end time | date
        created | created | modified | # | number | total points | quiz feedback | score | collector id |
        date modified | zeitstempel | startzeit | fertigstellungszeit | uhrzeit der letzten änderung |
        eingereicht am | nummer | nr | beginn | ende | erstellt am | gesendet am | antwort-id | punktzahl |
        horodateur | heure de début | heure de fin | heure de dernière modification | envoyé le | numéro |
        score | marca temporal | hora de inicio | hora de finalización | hora de la última modificación |
        enviado el | número | fecha de envío | puntuación | tijdstempel | begintijd | starttijd | tijd van
        voltooien | tijd van laatste wijziging | ingezonden op | verzonden op""",
}
# Names that stand behind others.
_LAST_NAMES = """
    last name | surname | family name | nachname | familienname | nom de famille | apellido | apellidos |
    achternaam | nom"""
# Words without case and accents: those that change nothing about a question, and those of answers.
_WORDS: Mapping[str, str] = {
    "no": """
        no not none nobody never nein nicht niemand niemandem kein keine keiner non pas personne ne aucun
        jamais nadie ninguno nunca geen niet nee dont don t cannot""",
    "public": """
        public publicly everyone everybody anyone offentlich alle allen jeder jede jeden tous publique
        publiquement publico publicamente todos openbaar iedereen""",
    "participants": """
        participants participant participantes teilnehmende teilnehmenden teilnehmer teilnehmern
        teilnehmerinnen deelnemers""",
    "consent-filling": """
        please of my name may can be is shown visible see seen read to by the for a all in on
        and our handbook site website web internet other program programme cohort only just fellow
        bitte fur mein meinen namen darf durfen sehen lesen sichtbar sein gezeigt werden im auf der die des
        den handbuch webseite nur anderen andere und programms mon nom peut peuvent voir lire etre pour le
        les la du de sur dans autres seulement uniquement monde tout mi nombre puede pueden ver leer ser
        visto por para el los en sitio otros solo programa mijn naam mag mogen zien lezen zichtbaar zijn
        voor op het alleen programma""",
    "consent-narrowing": """
        only just other fellow program programme cohort nur anderen andere programms seulement uniquement
        autres solo otros programa alleen programma""",
    "role-filling": """
        a an the as and or please in innen als ein eine einen und oder bitte en tant que comme un une le la
        les et ou como una el los las y o een de het""",
    "role-wish": """
        i m am would could can like want d to be become being participate take part sign up ich bin mochte
        wurde kann gerne sein werden teilnehmen mitmachen je j suis voudrais souhaite peux aimerais etre
        devenir participer quiero puedo me gustaria soy ser participar ik ben wil kan graag zou willen zijn
        worden deelnemen""",
    "to-be": """
        am m be become being as bin sein werden als suis etre devenir tant comme soy ser como ben zijn
        worden""",
    "title-not": """
        not dont cannot cant shouldnt wouldnt couldnt mustnt never avoid except exclude nicht ungern
        keinesfalls vermeiden ausschliessen kein keine keinen pas jamais eviter exclure no nunca evitar
        excluir niet nooit vermijden uitsluiten""",
    "title-pair": """
        pair paired pairing pairings match matched matching together zusammen zusammenarbeiten gepaart
        zugeteilt tandem binome jumele jumelee associe associee ensemble emparejar emparejado emparejada
        emparejarle juntos koppelen gekoppeld gekoppelde samenwerken samen""",
    "title-with": """
        with whom mit wem avec con met""",
    "title-anyone": """
        who whom anyone anybody someone somebody people person colleague colleagues wem jemand jemanden
        jemandem personen qui quelquun collegues quien quienes alguien personas wie wier iemand mensen
        collegas""",
    "either-place": """
        both either any anything hybrid flexible mixed preference egal beides beide hybride deux indifferent
        ambos indiferente hibrido allebei maakt uit anywhere""",
    "filling": """
        a an and any are as at be can could do does enter for from give have i if in is like me my of on or
        our please s select should tell that the to us we what which who whom will with would you your am
        angeben bitte das dein deine deinen deiner dem den der des die du ein eine einen fur geben gib haben
        ich ihr ihre ihren ihrer im ist lautet mit mochten mochtest oder sie sind und von was welche welchem
        welchen welcher welches wer wie zu zum zur mein meine sein werden au aux avec d dans de en est et
        etes etre indiquer l la le les ou par pour quel quelle quelles quels que qui sont ta tes ton tu un
        une veuillez votre vos vous mon ma mes con cual cuales del el es favor indique las los o para por
        quien se son su sus tus una usted y mi mis een graag het hoe je jouw mijn op te uw van voor wat
        welke zijn quiere quieres ser desea desean souhaitez voulez wil wilt zou""",
    "yes-or-no": """
        are do does did have has is can could may am sind haben ist kannst konnen etes avez est es eres
        tiene tienes
        puede ben bent heb hebt heeft kunt""",
    "bare-answers": """
        yes no ja nein oui non si nee true false""",
    "protected": """
        alter geburtsdatum geburtstag behinderung behinderungen geschlecht herkunft hautfarbe nationalitat
        staatsangehorigkeit religionszugehorigkeit konfession glaube familienstand schwangerschaft pronomen
        schwerbehinderung gewerkschaft weltanschauung age handicap sexe genre religion nationalite grossesse
        origine pronoms syndicat croyance edad discapacidad sexo genero nacionalidad embarazo etnia
        pronombres sindicato creencia leeftijd geboortedatum geslacht godsdienst geloof afkomst
        nationaliteit zwangerschap voornaamwoorden""",
    "protected-answers": """
        male female man woman non-binary nonbinary transgender cisgender he/him she/her they/them he she
        they männlich weiblich divers mann frau homme femme masculin féminin hombre mujer masculino femenino
        vrouw mannelijk vrouwelijk christian muslim hindu jewish buddhist sikh atheist heterosexual
        homosexual bisexual gay lesbian straight married single divorced widowed verheiratet ledig
        geschieden""",
    "mentor": """
        mentor mentors mentorin mentorinnen mentoring mentora mentrice mentoren""",
    "mentee": """
        mentee mentees mentore mentoree mentorees mentorado mentorada mentorados protege menteen""",
    "both": """
        both either beide beides beidem deux ambos ambas allebei""",
    "remote": """
        remote remotely online virtual virtually video videocall call teams zoom fern distance ligne visio
        distancia remoto virtuell remota linea afstand""",
    "in-person": """
        person office onsite site presence prasenz vor ort personlich buro personne presentiel presencial
        persona oficina locatie kantoor persoonlijk face""",
    "morning": """
        morning mornings vormittag vormittags morgens matin matins manana mananas ochtend ochtends""",
    "afternoon": """
        afternoon afternoons nachmittag nachmittags apres midi tarde tardes middag middags""",
    "evening": """
        evening evenings abend abends soir soirs noche noches avond avonds""",
    "any-time": """
        any anytime flexible always flexibel immer toujours siempre altijd egal""",
}


def _parted(titles: str) -> tuple[str, ...]:
    return tuple(title.strip() for title in titles.split("|"))


TITLES = {field: _parted(titles) for field, titles in _TITLES.items()}
LAST_NAMES = _parted(_LAST_NAMES)
WORDS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
