using System.Text;
using PartnerPortal.Features.Journeys.Contacts;
using Field = PartnerPortal.Features.Journeys.Contacts.ContactField;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

public sealed class ContactColumnsTests
{
    [Theory]
    [InlineData(ContactSource.HubSpot, ContactExports.HubSpot, "Zoë van Dijk|zoe@orchard.test|+31 20 123 4567", "Amir Haddad|amir@orchard.test|")]
    [InlineData(ContactSource.Pipedrive, ContactExports.Pipedrive, "Jordan Vega|jordan@vega.test|+34 600 123 456", "Li Wei|li.wei@silk.test|+86 10 6552 9988")]
    [InlineData(ContactSource.Google, ContactExports.Google, "Grace Brewster Murray|grace@harbour.test|+351 912 345 678", "محمد الأنصاري|mohammed@nile.test|")]
    [InlineData(ContactSource.Google, ContactExports.OldGoogle, "Grace Murray|grace@harbour.test|+351 912 345 678")]
    [InlineData(ContactSource.Outlook, ContactExports.Outlook, "José Muñoz|jose@andes.test|+56 9 6123 4567")]
    [InlineData(ContactSource.Outlook, ContactExports.ClassicOutlook, "Jörg Müßig|joerg@backen.test|+49 30 1234567")]
    public async Task Of_Export_IsRecognisedAndRead(ContactSource source, string text, params string[] contacts)
    {
        var file = await ContactExports.OpenAsync(text);

        Assert.Equal(source, ContactColumns.Of(file).Source);
        Assert.Equal(contacts, ContactExports.Guessed(file).Select(c => $"{c.Name}|{c.Email}|{c.Phone}"));
    }

    [Fact]
    public async Task Of_ClassicOutlookInItsCodePage_KeepsTheLetters()
    {
        var file = await ContactExports.OpenAsync(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(ContactExports.ClassicOutlook));

        Assert.Equal("Jörg Müßig", ContactExports.Guessed(file)[0].Name);
    }

    [Theory]
    [InlineData("Name,E-mail,Phone,Company", Field.FullName, Field.Email, Field.Phone, Field.Unused)]
    [InlineData("First name;Surname;Work email;Private e-mail 2;Mobile", Field.NamePart, Field.NamePart, Field.Email, Field.Email, Field.Phone)]
    [InlineData("Nombre;Apellidos;Correo electrónico;Teléfono móvil", Field.NamePart, Field.NamePart, Field.Email, Field.Phone)]
    [InlineData("NOMBRE;CORREO", Field.FullName, Field.Email)]
    [InlineData("Nome;Sobrenome;Endereço de e-mail;Celular", Field.NamePart, Field.NamePart, Field.Email, Field.Phone)]
    [InlineData("Nome completo\tE-mail\tTelefone", Field.FullName, Field.Email, Field.Phone)]
    [InlineData("الاسم الأول,اسم العائلة,البريد الالكتروني,رقم الجوال", Field.NamePart, Field.NamePart, Field.Email, Field.Phone)]
    [InlineData("الاسم,الإيميل", Field.FullName, Field.Email)]
    [InlineData("Last name,First name,Email,Email status", Field.NamePart, Field.NamePart, Field.Email, Field.Unused)]
    [InlineData("Name,First Name,Last Name,Email", Field.FullName, Field.NamePart, Field.NamePart, Field.Email)]
    public async Task Of_OtherTable_IsGuessedByItsHead(string head, params ContactField[] columns)
    {
        var guess = ContactColumns.Of(await ContactExports.OpenAsync(head + "\nx\n"));

        Assert.Equal(ContactSource.Unknown, guess.Source);
        Assert.Equal(columns, guess.Columns);
    }

    [Theory]
    [InlineData("ana@x.test\nbo@x.test\n", Field.Email)]
    [InlineData("Ana Lee;+44 20 7946 0958;ana@x.test\nBo Li;;bo@x.test\n", Field.FullName, Field.Phone, Field.Email)]
    [InlineData("Member,How to write to them\nAna,ana@x.test\nBo,bo@x.test\n", Field.Unused, Field.Email)]
    public async Task Of_TableThatDoesNotSayIt_IsGuessedByItsContent(string text, params ContactField[] columns) =>
        Assert.Equal(columns, ContactColumns.Of(await ContactExports.OpenAsync(text)).Columns);

    [Fact]
    public async Task Of_TableWithoutAddresses_ClaimsNone() =>
        Assert.DoesNotContain(Field.Email, ContactColumns.Of(await ContactExports.OpenAsync("City,Country\nPorto,PT\n")).Columns);
}
