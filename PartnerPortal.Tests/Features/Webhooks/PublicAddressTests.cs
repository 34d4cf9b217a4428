using System.Net;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Features.Webhooks;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("2a00:1450:4001:82a::200e", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.192", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("239.255.255.255", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("::ffff:0:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b:1::a00:1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("3fff::1", false)]
    [InlineData("5f00::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Is_Address_OnlyWhatIsPublic(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://hooks.example.com/a?b=c", null)]
    [InlineData("https://hooks.example.com:8443/", null)]
    [InlineData("https://[2606:4700:4700::1111]/", null)]
    [InlineData("http://erp.lan/hook", null)]
    [InlineData("http://10.0.0.7:8080/hook", null)]
    [InlineData("https://10.0.0.7:8080/hook", null)]
    [InlineData("", UrlProblem.Missing)]
    [InlineData("hooks.example.com", UrlProblem.NotAnAddress)]
    [InlineData("/hook", UrlProblem.NotAnAddress)]
    [InlineData("ftp://hooks.example.com/", UrlProblem.NotAnAddress)]
    [InlineData("file:///etc/passwd", UrlProblem.NotAnAddress)]
    [InlineData("https://user:secret@hooks.example.com/", UrlProblem.NotAnAddress)]
    [InlineData("https://hooks.example.com/#part", UrlProblem.NotAnAddress)]
    [InlineData("http://hooks.example.com/", UrlProblem.NotHttps)]
    [InlineData("https://10.0.0.7/hook", UrlProblem.Private)]
    [InlineData("https://localhost/", UrlProblem.Private)]
    [InlineData("https://api.localhost./", UrlProblem.Private)]
    [InlineData("https://intranet/", UrlProblem.Private)]
    [InlineData("https://127.1/", UrlProblem.Private)]
    [InlineData("https://2130706433/", UrlProblem.Private)]
    [InlineData("https://0x7f000001/", UrlProblem.Private)]
    [InlineData("https://0177.0.0.1/", UrlProblem.Private)]
    [InlineData("https://0x7f.1/", UrlProblem.Private)]
    [InlineData("https://169.254.169.254/latest/meta-data/", UrlProblem.Private)]
    [InlineData("https://[::1]/", UrlProblem.Private)]
    [InlineData("https://[::ffff:10.0.0.1]/", UrlProblem.Private)]
    [InlineData("https://[fd00:ec2::254]/", UrlProblem.Private)]
    [InlineData("https://①②⑦.⓪.⓪.①/", UrlProblem.Private)]
    public void EndpointTerms_Address_IsPublicAndEncryptedUnlessAllowed(string url, UrlProblem? problem)
    {
        var options = new WebhookOptions { AllowedHosts = "erp.lan, 10.0.0.7:8080" };

        var found = EndpointTerms.Of(new EndpointForm(url, "", null), true, options);

        Assert.Equal(problem, (found.Error as UrlRefused)?.Problem);
        Assert.Equal(problem is null, found.Ok);
    }

    [Theory]
    [InlineData("https://hooks.example.com/", 501, "", typeof(UrlRefused))]
    [InlineData("https://hooks.example.com/", 0, "x", typeof(DescriptionTooLong))]
    public void EndpointTerms_TooLong_AreRefused(string url, int length, string description, Type error)
    {
        var form = new EndpointForm(url + new string('a', length), string.Concat(Enumerable.Repeat(description, 201)), null);

        Assert.IsType(error, EndpointTerms.Of(form, true, new WebhookOptions()).Error);
    }

    [Fact]
    public void EndpointTerms_Kinds_OfPartnersAreTheirsAndSomeAreChosen()
    {
        Assert.IsType<NoKinds>(Of(false, "client.registered", "nonsense").Error);
        Assert.Equal(["client.left"], Of(false, "client.left", "client.registered").Value.Kinds);
        Assert.Equal(["client.registered", "client.left"], Of(true, "client.left", "client.registered").Value.Kinds);

        static Result<EndpointTerms> Of(bool isProgram, params string[] kinds) => EndpointTerms.Of(new EndpointForm("https://hooks.example.com/", "", kinds), isProgram, new WebhookOptions());
    }
}
