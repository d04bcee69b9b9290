"""Why a file cannot be read, in words for the person who sent it."""


class Unreadable(Exception):
    """The file is refused; the message is Chinese and says what to do."""


DAMAGED = "文件已损坏或不完整，无法读取。请用 WPS 或 Excel 打开检查，另存为 .xlsx 后重新上传。"
ENCRYPTED = "文件设有打开密码，无法读取。请在 WPS 或 Excel 中取消密码后重新上传。"
OLD_FORMAT = "这是旧格式表格（.xls 或 .et），无法读取。请在 WPS 或 Excel 中另存为 .xlsx 后重新上传。"
MACROS = "文件含有宏，不予接收。请另存为不含宏的 .xlsx 后重新上传。"
BINARY_FORMAT = "这是二进制工作簿（.xlsb），无法读取。请另存为 .xlsx 后重新上传。"
OPEN_DOCUMENT = "这是 .ods 表格，无法读取。请另存为 .xlsx 后重新上传。"
NOT_A_SHEET = "文件不是 Excel 表格。请上传 .xlsx 或 .csv 文件。"
ARCHIVE = "这是压缩包，不是 Excel 表格。请解压后上传其中的 .xlsx 或 .csv 文件。"
WEB_PAGE = "这是网页格式的表格，不是 Excel 工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后重新上传。"
EMPTY = "文件是空的。请检查后重新上传。"
BOMB = "文件解压后过大，不予读取。请删除多余的工作表、空行和格式，另存为 .xlsx 后重新上传。"
ENTITIES = "文件内含有实体定义，可能有害，不予读取。请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。"
WRONG_NAME_XLSX = "文件扩展名是 .xlsx，内容却不是 Excel 工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后重新上传。"
WRONG_NAME_CSV = "文件扩展名是 .csv，内容却是 Excel 工作簿。请把扩展名改为 .xlsx 后重新上传。"
ENCODING = "文件的文字编码无法识别。请另存为 .xlsx，或另存为 UTF-8 编码的 .csv 后重新上传。"
TOO_MUCH_TEXT = "表中文字过多，不予读取。请删除与填报无关的内容后重新上传。"
