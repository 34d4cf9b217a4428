using System.Text;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

public sealed class ContactFileTests
{
    public static readonly TheoryData<string> Encodings = ["utf-8", "utf-8 with its mark", "utf-16", "utf-16 big endian", "utf-16 without its mark", "windows-1252"];

    [Theory, MemberData(nameof(Encodings))]
    public async Task OpenAsync_Encoding_IsFoundOut(string encoding)
    {
        const string text = "Nombre;Correo\r\nJosé Muñoz;jose@x.test\r\n";

        var file = await ContactExports.OpenAsync(encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 with its mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "utf-16 big endian" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            "utf-16 without its mark" => Encoding.Unicode.GetBytes(text),
            _ => Encoding.Latin1.GetBytes(text),
        });

        Assert.Equal(["Nombre", "Correo"], file.Columns);
        Assert.Equal(["José Muñoz", "jose@x.test"], Assert.Single(file.Rows()).Fields!);
    }

    [Theory]
    [InlineData("Name,E-mail\nAna;Lee,a@x.test")]
    [InlineData("Name;E-mail\n\"Ana;Lee\";a@x.test")]
    [InlineData("Name\tE-mail\nAna;Lee\ta@x.test")]
    [InlineData("sep=;\nName;E-mail\n\"Ana;Lee\";a@x.test")]
    [InlineData("Name,E-mail\r\"Ana;Lee\",a@x.test\r\r")]
    public async Task OpenAsync_Separator_IsFoundOut(string text)
    {
        var file = await ContactExports.OpenAsync(text);

        Assert.Equal(["Name", "E-mail"], file.Columns);
        Assert.Equal(["Ana;Lee", "a@x.test"], Assert.Single(file.Rows()).Fields!);
    }

    [Fact]
    public async Task Rows_LineBreaksInQuotes_BelongToTheField()
    {
        var file = await ContactExports.OpenAsync("E-mail,Note\na@x.test,\"one\r\ntwo, \"\"three\"\"\"\nb@x.test,four\n");

        Assert.Equal([(2, "one\r\ntwo, \"three\""), (4, "four")], file.Rows().Select(r => (r.Line, r.Fields![1])));
    }

    [Theory]
    [InlineData("E-mail,Name\na@x.test,\"Ana\nb@x.test,Bo\nc@x.test,Cy\n")]
    [InlineData("E-mail,Name\na@x.test,\"Ana\nb@x.test,Bo\nc@x.test,\"Cy\"\n")]
    [InlineData("E-mail,Name\r\na@x.test,\"Ana\r\nb@x.test,Bo\r\nc@x.test,Cy")]
    public async Task Rows_QuoteNeverClosed_SpoilsItsLineAlone(string text)
    {
        var file = await ContactExports.OpenAsync(text);

        Assert.Equal([(2, null), (3, "Bo"), (4, "Cy")], file.Rows().Select(r => (r.Line, r.Fields?[1])));
    }

    [Fact]
    public async Task Rows_ManyQuotesNeverClosed_AllOthersAreRead()
    {
        var lines = Enumerable.Range(0, ContactFile.Most).Select(i => i % 3 == 1 ? $"c{i}@x.test,\"C{i}" : $"c{i}@x.test,C{i}");

        var file = await ContactExports.OpenAsync("E-mail,Name\n" + string.Join('\n', lines));

        Assert.Equal(ContactFile.Most, file.Count);
        Assert.All(file.Rows(), r => Assert.Equal((r.Line - 2) % 3 == 1, r.Fields is null));
    }

    [Fact]
    public async Task Rows_MoreOrFewerFieldsThanTheHead_OnlyMoreIsWrong()
    {
        var file = await ContactExports.OpenAsync("E-mail,Name\na@x.test,Lee, Ana\nb@x.test\nc@x.test,Cy,,\n\n,,\n\"d@x.test\", Da \"D\" Di\n");

        Assert.Equal([(2, null), (3, "b@x.test|"), (4, "c@x.test|Cy"), (7, "d@x.test|Da \"D\" Di")], file.Rows().Select(r => (r.Line, r.Fields is { } f ? string.Join('|', f) : null)));
        Assert.Equal(4, file.Count);
    }

    [Fact]
    public async Task OpenAsync_HeadWithAStrayQuote_TakesNoContactAlong()
    {
        var file = await ContactExports.OpenAsync("E-mail,\"Name\na@x.test,Ana\nb@x.test,Bo\n");

        Assert.Equal(["E-mail", "Name"], file.Columns);
        Assert.Equal(["Ana", "Bo"], file.Rows().Select(r => r.Fields![1]));
    }

    [Fact]
    public async Task OpenAsync_NoHead_LosesNobody()
    {
        var file = await ContactExports.OpenAsync("a@x.test,Ana\nb@x.test,Bo\n");

        Assert.Equal(["", ""], file.Columns);
        Assert.Equal([1, 2], file.Rows().Select(r => r.Line));
    }

    [Fact]
    public async Task OpenAsync_NoContacts_SaysWhy()
    {
        Assert.Equal(new ContactsMissing(HasHead: false), (await ContactFile.OpenAsync([], default)).Error);
        Assert.Equal(new ContactsMissing(HasHead: false), (await ContactFile.OpenAsync([.. Encoding.UTF8.Preamble, .. "\r\n \n"u8], default)).Error);
        Assert.Equal(new ContactsMissing(HasHead: true), (await ContactFile.OpenAsync("Name,E-mail\r\n"u8.ToArray(), default)).Error);
        Assert.IsType<ContactsUnreadable>((await ContactFile.OpenAsync(PngFile.Disc(40, 1, 2, 3), default)).Error);
        Assert.IsType<ContactsUnreadable>((await ContactFile.OpenAsync([0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF"u8, 0, 1, 2], default)).Error);
        Assert.IsType<ContactsAreWorkbook>((await ContactFile.OpenAsync([.. "PK"u8, 3, 4, 20, 0, 6, 0], default)).Error);
        Assert.IsType<ContactsUnreadable>((await ContactFile.OpenAsync(Encoding.ASCII.GetBytes(new string(',', 2000) + "\na@x.test\n"), default)).Error);
    }

    [Fact]
    public async Task OpenAsync_OneContactTooMany_TakesNone()
    {
        var most = "E-mail\n" + string.Join('\n', Enumerable.Range(0, ContactFile.Most).Select(i => $"c{i}@x.test"));

        Assert.Equal(ContactFile.Most, (await ContactExports.OpenAsync(most)).Count);
        Assert.Equal(new ContactsTooMany(ContactFile.Most, ContactFile.Most + 1), (await ContactFile.OpenAsync(Encoding.UTF8.GetBytes(most + "\none@x.test"), default)).Error);
    }
}
