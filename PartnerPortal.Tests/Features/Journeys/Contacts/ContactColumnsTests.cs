using System.Text;
using PartnerPortal.Features.Journeys.Contacts;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

// Within the namespace: outside of it, Email is the tests of that folder.
using static PartnerPortal.Features.Journeys.Contacts.ContactField;

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
    [InlineData("Name,E-mail,Phone,Company", FullName, Email, Phone, Unused)]
    [InlineData("First name;Surname;Work email;Private e-mail 2;Mobile", NamePart, NamePart, Email, Email, Phone)]
    [InlineData("Nombre;Apellidos;Correo electrónico;Teléfono móvil", NamePart, NamePart, Email, Phone)]
    [InlineData("NOMBRE;CORREO", FullName, Email)]
    [InlineData("Nome;Sobrenome;Endereço de e-mail;Celular", NamePart, NamePart, Email, Phone)]
    [InlineData("Nome completo\tE-mail\tTelefone", FullName, Email, Phone)]
    [InlineData("الاسم الأول,اسم العائلة,البريد الالكتروني,رقم الجوال", NamePart, NamePart, Email, Phone)]
    [InlineData("الاسم,الإيميل", FullName, Email)]
    [InlineData("Last name,First name,Email,Email status", NamePart, NamePart, Email, Unused)]
    [InlineData("Name,First Name,Last Name,Email", FullName, NamePart, NamePart, Email)]
    public async Task Of_OtherTable_IsGuessedByItsHead(string head, params ContactField[] columns)
    {
        var guess = ContactColumns.Of(await ContactExports.OpenAsync(head + "\nx\n"));

        Assert.Equal(ContactSource.Unknown, guess.Source);
        Assert.Equal(columns, guess.Columns);
    }

    [Theory]
    [InlineData("ana@x.test\nbo@x.test\n", Email)]
    [InlineData("Ana Lee;+44 20 7946 0958;ana@x.test\nBo Li;;bo@x.test\n", FullName, Phone, Email)]
    [InlineData("Member,How to write to them\nAna,ana@x.test\nBo,bo@x.test\n", Unused, Email)]
    public async Task Of_TableThatDoesNotSayIt_IsGuessedByItsContent(string text, params ContactField[] columns) =>
        Assert.Equal(columns, ContactColumns.Of(await ContactExports.OpenAsync(text)).Columns);

    [Fact]
    public async Task Of_TableWithoutAddresses_ClaimsNone() =>
        Assert.DoesNotContain(Email, ContactColumns.Of(await ContactExports.OpenAsync("City,Country\nPorto,PT\n")).Columns);
}
