using PartnerPortal.Features.Journeys.Contacts;
using Field = PartnerPortal.Features.Journeys.Contacts.ContactField;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

public sealed class ContactReaderTests
{
    [Fact]
    public void Read_Parts_AreJoinedInTheOrderOfTheFile() =>
        Assert.Equal("Lee Ana María", Read(["Lee", "x@x.test", " Ana  María "], [Field.NamePart, Field.Email, Field.NamePart]).Name);

    [Fact]
    public void Read_WholeNameMissing_TakesTheParts() =>
        Assert.Equal("Ana Lee", Read(["", "Ana", "Lee"], [Field.FullName, Field.NamePart, Field.NamePart]).Name);

    [Fact]
    public void Read_SeveralAddresses_TakesTheFirstFilled()
    {
        var contact = Read(["", "work@x.test", "home@x.test"], [Field.Email, Field.Email, Field.Email]);

        Assert.Equal(("work@x.test", 1), (contact.Email, contact.EmailColumn));
    }

    [Theory]
    [InlineData("a@x.test ::: b@x.test", "a@x.test")]
    [InlineData("a@x.test; b@x.test", "a@x.test")]
    [InlineData("Ana Lee <a@x.test>", "a@x.test")]
    [InlineData("ana at x.test", "ana at x.test")]
    [InlineData(" a@x.test ", " a@x.test ")]
    public void Read_Field_GivesOneAddress(string field, string address) => Assert.Equal(address, Read([field], [Field.Email]).Email);

    private static Contact Read(string[] fields, ContactField[] columns) => ContactReader.Read(2, fields, columns);
}
