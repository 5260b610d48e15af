"""An invented notice in both languages, of the kind that is published; tests change a line of it."""

ENGLISH = """## VACANCY NOTIFICATION/ NOTIFICATION DE LA VACANCE DU POSTE

### NATO Internship - Office of Lighthouses (LGT) (311222)

**Primary Location:** Belgium-Mons
**NATO Body:** NATO International Staff (NATO IS)
**Schedule:** Full-time
**Application Deadline:** 14-Jan-2031
**Salary (Pay Basis):** 1,402.50Euro (EUR) Monthly
**Grade:** INTERN
**Clearance Level:** NR

#### INFO-SESSION ON THE VACANCY

A webinar will take place on **07/01/2031 at 3.30pm (Brussels time)**.

[https://example.org/r/a\\_b](https://example.org/r/a_b)

### What do we offer?

- 5-month traineeship, starting in February / August 2032.
- Full-time traineeship (36 hours a week).
- Monthly grant of €1,402.50 and a travel reimbursement.
- Teleworking subject to needs.

### Selection Criteria

**You can apply for up to two (2) different vacancies!**

**Apply until 14 January 2031, at 12:00, Brussels time**

### Essential:

1. be a national of a NATO member state,
2. be at least 18 years old,
3. have at least three years of university studies OR a degree obtained no longer than 24 months ago,
4. have proficiency in English.

### Desirable:

1. knowledge of boats;

### Competencies required:

- **Calm:** Stays awake.
- **Sight:** Sees ships.

**Special Notice:**

Please attach the following documents:

1. Copy of a diploma and/or
2. A photograph.
"""
FRENCH = """## Programme de stages de l'OTAN - Bureau des phares (LGT) (311222)

**Emplacement principal** :Belgique-Mons
**Organisation** :OTAN SI
**Horaire** :Temps plein
**Date de retrait** :14-janv.-2031
**Salaire (Base de paie)** :1 402,50Euro (EUR) Mensuelle
**Grade** INTERN
**Niveau de l'habilitation de sécurité** NR

### **SÉANCE D'INFORMATION SUR LE POSTE**

Un webinaire aura lieu le **07/01/2031 à 15h30 (heure de Bruxelles)**.

[https://example.org/r/a\\_b](https://example.org/r/a_b)

### **Que propose l'OTAN ?**

- Un stage de 5 mois, débutant en février/août 2032 ;
- un horaire temps plein (36 heures/semaine) ;
- une rémunération mensuelle de 1 402,50 euros et le remboursement des frais de déplacement ;
- la possibilité de télétravailler.

### **CRITÈRES DE SÉLECTION**

**Vous pouvez postuler pour deux (2) stages différents au maximum !**

**Candidatures acceptées jusqu'au 14 janvier 2031, 12h00, heure de Bruxelles**

### **ACQUIS ESSENTIELS**

1. être un(e) ressortissant(e) d'un pays membre de l'OTAN ;
2. être âgé(e) d'au moins 18 ans ;
3. avoir suivi au moins trois années d'études, ou avoir obtenu son diplôme il y a 24 mois au plus ;
4. maîtriser l'anglais.

### **ACQUIS SOUHAITABLES**

1. une connaissance des bateaux ;

### **COMPÉTENCES REQUISES**

- Calme : reste éveillé.
- Vue : voit les navires.

### **INSTRUCTION PARTICULIÈRE**

Il vous est demandé de joindre les documents suivants :

1. une copie d'un diplôme et/ou
2. une photographie.
"""
BOTH = f"{ENGLISH}\n{FRENCH}"
