using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>How heads of tables call what is needed, in the portal's languages.</summary>
internal static class ContactHeads
{
    public static readonly HashSet<string> Email = Keys(
        "email", "e-mail", "mail", "email address", "e-mail address", "mail address", "email id",
        "correo", "correo electrónico", "dirección de correo", "dirección de correo electrónico", "dirección de email", "dirección de e-mail", "dirección electrónica",
        "endereço de email", "endereço de e-mail", "correio eletrônico", "endereço de correio eletrónico", "endereço eletrônico",
        "البريد", "البريد الإلكتروني", "بريد إلكتروني", "عنوان البريد الإلكتروني", "عنوان البريد", "الإيميل", "إيميل");

    public static readonly HashSet<string> Phone = Keys(
        "phone", "phone mobile", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile phone", "mobile number", "mobile phone number", "cell", "cell phone", "cellphone", "whatsapp",
        "teléfono", "número de teléfono", "teléfono móvil", "móvil", "celular", "teléfono celular", "número de móvil", "número de celular",
        "telefone", "número de telefone", "telefone celular", "telefone móvel", "telemóvel", "número de celular",
        "الهاتف", "هاتف", "رقم الهاتف", "الجوال", "جوال", "رقم الجوال", "الهاتف المحمول", "رقم الهاتف المحمول", "الموبايل", "موبايل", "رقم الموبايل", "المحمول");

    public static readonly HashSet<string> FullName = Keys(
        "full name", "fullname", "display name", "contact", "contact name", "client", "client name", "customer", "customer name", "person",
        "nombre completo", "nombre y apellidos", "nombre y apellido", "nombres y apellidos", "nombre del contacto", "nombre de contacto", "nombre del cliente", "contacto", "cliente",
        "nome completo", "nome e sobrenome", "nome e apelido", "nome do contato", "nome do contacto", "nome do cliente", "contato",
        "الاسم الكامل", "الاسم بالكامل", "اسم العميل", "اسم جهة الاتصال", "العميل", "جهة الاتصال");

    /// <summary>A whole name, unless the rest of it stands in other columns.</summary>
    public static readonly HashSet<string> Name = Keys("name", "nombre", "nombres", "nome", "الاسم", "اسم");

    public static readonly HashSet<string> FirstName = Keys(
        "first name", "firstname", "given name", "forename", "primer nombre", "nombre de pila", "primeiro nome", "nome próprio", "الاسم الأول", "الاسم الشخصي");

    public static readonly HashSet<string> OtherPart = Keys(
        "middle name", "middlename", "additional name", "last name", "lastname", "surname", "family name",
        "segundo nombre", "apellido", "apellidos", "primer apellido", "segundo apellido", "apellido paterno", "apellido materno",
        "nome do meio", "segundo nome", "sobrenome", "apelido", "apelidos", "último nome",
        "الاسم الأوسط", "الاسم الثاني", "اسم الأب", "اسم العائلة", "اسم الأسرة", "الاسم الأخير", "اللقب", "الكنية");

    /// <summary>Which of several it is says nothing of what it is.</summary>
    private static readonly HashSet<string> Passed = Keys(
        "work", "home", "business", "personal", "private", "primary", "main", "other", "office",
        "trabajo", "casa", "principal", "otro", "particular", "oficina", "empresa", "trabalho", "pessoal", "outro", "escritório", "residencial", "comercial",
        "العمل", "المنزل", "الشخصي", "الأساسي", "الرئيسي", "آخر");

    /// <summary>A head as it is compared: folded, its words alone.</summary>
    public static string Key(string head) => string.Join(' ', Words(head));

    /// <summary>The same without what only tells several columns apart: "Work email 2" is an e-mail.</summary>
    public static string BareKey(string head) => string.Join(' ', Words(head).Where(w => !Passed.Contains(w) && !w.All(char.IsAsciiDigit)));

    private static string[] Words(string head) =>
        new string([.. SearchText.Fold(head).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static HashSet<string> Keys(params string[] heads) => [.. heads.Select(Key)];
}
