using PartnerPortal.Features.Journeys.Contacts;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

// Within the namespace: outside of it, Email is the tests of that folder.
using static PartnerPortal.Features.Journeys.Contacts.ContactField;

public sealed class ContactReaderTests
{
    [Fact]
    public void Read_Parts_AreJoinedInTheOrderOfTheFile() =>
        Assert.Equal("Lee Ana María", Read(["Lee", "x@x.test", " Ana  María "], [NamePart, Email, NamePart]).Name);

    [Fact]
    public void Read_WholeNameMissing_TakesTheParts() =>
        Assert.Equal("Ana Lee", Read(["", "Ana", "Lee"], [FullName, NamePart, NamePart]).Name);

    [Fact]
    public void Read_SeveralAddresses_TakesTheFirstFilled()
    {
        var contact = Read(["", "work@x.test", "home@x.test"], [Email, Email, Email]);

        Assert.Equal(("work@x.test", 1), (contact.Email, contact.EmailColumn));
    }

    [Theory]
    [InlineData("a@x.test ::: b@x.test", "a@x.test")]
    [InlineData("a@x.test; b@x.test", "a@x.test")]
    [InlineData("Ana Lee <a@x.test>", "a@x.test")]
    [InlineData("ana at x.test", "ana at x.test")]
    [InlineData(" a@x.test ", " a@x.test ")]
    public void Read_Field_GivesOneAddress(string field, string address) => Assert.Equal(address, Read([field], [Email]).Email);

    private static Contact Read(string[] fields, ContactField[] columns) => ContactReader.Read(2, fields, columns);
}
