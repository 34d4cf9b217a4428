using System.Text;
using PartnerPortal.Features.Journeys.Contacts;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

/// <summary>Files as the products export them, with their heads as of November 2026; the people are invented.</summary>
internal static class ContactExports
{
    public const string HubSpot = """
        "Record ID","First Name","Last Name","Email","Phone Number","Contact owner","Associated Company","Last Activity Date","Lead Status","Marketing contact status","Create Date"
        "901","Zoë","van Dijk","zoe@orchard.test","+31 20 123 4567","Ines Moreau","Orchard","2026-10-02 09:14","NEW","Marketing contact","2026-03-12 09:14"
        "902","Amir","Haddad","amir@orchard.test","","Ines Moreau","","","","Non-marketing contact","2026-03-13 10:00"
        """;

    public const string Pipedrive = """
        Person - ID,Person - Name,Person - First name,Person - Last name,Person - Label,Person - Phone - Work,Person - Phone - Home,Person - Phone - Mobile,Person - Phone - Other,Person - Email - Work,Person - Email - Home,Person - Email - Other,Person - Organization,Person - Open deals,Person - Owner,Person - Next activity date
        88,Jordan Vega,Jordan,Vega,Hot lead,,,+34 600 123 456,,,jordan@vega.test,,Vega SL,1,Ines Moreau,2026-12-01
        89,Li Wei,Li,Wei,,+86 10 6552 9988,,,,li.wei@silk.test,li@home.test,,Silk,0,Ines Moreau,
        """;

    public const string Google = """
        First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted
        Grace,Brewster,Murray,,,,Dr.,,,,Harbour,,,1979-12-09,"Met in Porto.
        Calls back, on Mondays",,* myContacts ::: Harbour,* Work,grace@harbour.test ::: g.murray@harbour.test,* Home,grace@home.test,Mobile,+351 912 345 678 ::: +351 213 456 789,Home,"Rua Augusta 1
        Lisboa"
        محمد,,الأنصاري,,,,,,,,,,,,,,* myContacts,* Other,,Home,mohammed@nile.test,,,,
        """;

    public const string OldGoogle = """
        Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value
        Grace Murray,Grace,,Murray,,,* myContacts,* ,grace@harbour.test,Mobile,+351 912 345 678
        """;

    public const string Outlook = """
        First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Notes
        José,,Muñoz,,,,,,,jose@andes.test,,,,,,+56 9 6123 4567,,,,,+56 2 2345 6789,,,,,,,,,,,Andes,,,,,,,,
        """;

    /// <summary>Outlook for Windows: quoted, in the code page of the country.</summary>
    public const string ClassicOutlook = """
        "Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street","Business City","Business Fax","Business Phone","Home Phone","Mobile Phone","Categories","E-mail Address","E-mail Type","E-mail Display Name","E-mail 2 Address","E-mail 2 Type","E-mail 2 Display Name","Notes"
        "Frau","Jörg","","Müßig","","Bäckerei","","","","","","+49 30 1234567","","","","joerg@backen.test","SMTP","Jörg Müßig (joerg@backen.test)","","","",""
        """;

    public static Task<ContactFile> OpenAsync(string text) => OpenAsync(Encoding.UTF8.GetBytes(text));

    public static async Task<ContactFile> OpenAsync(byte[] bytes) => (await ContactFile.OpenAsync(bytes, default)).Value;

    /// <summary>The contacts as the guessed columns say.</summary>
    public static IReadOnlyList<Contact> Guessed(ContactFile file)
    {
        var guess = ContactColumns.Of(file);
        return [.. file.Rows().Select(r => ContactReader.Read(r.Line, r.Fields!, guess.Columns))];
    }
}
